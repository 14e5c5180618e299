import { Client } from "pg";
import { afterEach, beforeEach } from "vitest";
import { readTestServerUrl } from "../env";
import { newId } from "../ids";

/** A database without any migration, and a connection to it. Its members are there once a test runs. */
export type EmptyDatabase = { url: string; client: Client };

/** Makes a database of its own for each test of the file, and drops it afterwards. */
export function useEmptyDatabase(): EmptyDatabase {
  const empty = {} as EmptyDatabase;
  let server: Client;
  let name: string;
  beforeEach(async () => {
    server = new Client({ connectionString: readTestServerUrl() });
    await server.connect();
    name = `test_${newId().replaceAll("-", "")}`;
    await server.query(`create database ${name}`);
    const address = new URL(readTestServerUrl());
    address.pathname = `/${name}`;
    empty.url = address.href;
    empty.client = new Client({ connectionString: empty.url });
    await empty.client.connect();
  });
  afterEach(async () => {
    await empty.client.end();
    await server.query(`drop database ${name} with (force)`);
    await server.end();
  });
  return empty;
}
