import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { PrismaPg } from "@prisma/adapter-pg";
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import type * as EngineModule from "@prisma/schema-engine-wasm";
import pg from "pg";

export type SchemaEngine = EngineModule.SchemaEngine;

/** Postgres's internal type "char", which the engine selects from the catalog and adapter-pg does not know. */
const CHAR_OID = 18;
const TEXT_OID = 25;

/**
 * Opens Prisma's schema engine from npm: the native one would be downloaded from a host of Prisma's.
 *
 * @param url of a server on which it may make and drop databases.
 * @param schemas path and text of each file of the schema.
 */
export async function openSchemaEngine(url: string, schemas: [string, string][]): Promise<SchemaEngine> {
  loading ??= loadEngine();
  const engine = await loading;
  return engine.SchemaEngine.new(
    { datamodels: schemas },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(createFactory(url)),
  );
}

type LoadedEngine = typeof EngineModule & { __wbg_set_wasm: (exports: unknown) => void };

/** As far as we use it; Node's types of version 20 leave it out. */
const { WebAssembly } = globalThis as unknown as {
  WebAssembly: {
    instantiate: (
      bytes: Uint8Array,
      imports: object,
    ) => Promise<{ instance: { exports: { __wbindgen_start: () => void } } }>;
  };
};

/** Once: the bindings keep the memory of the first program that they are given. */
let loading: Promise<LoadedEngine> | undefined;

/** The package's own entry imports the .wasm file as a module, which Node 20 cannot. */
async function loadEngine(): Promise<LoadedEngine> {
  const directory = dirname(createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm"));
  const bindings = (await import(pathToFileURL(join(directory, "schema_engine_bg.js")).href)) as LoadedEngine;
  const { instance } = await WebAssembly.instantiate(readFileSync(join(directory, "schema_engine_bg.wasm")), {
    "./schema_engine_bg.js": bindings,
  });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: { set_message: (message: string) => console.error(message) },
  });
  return bindings;
}

function createFactory(url: string): SqlMigrationAwareDriverAdapterFactory {
  const connect = () => connectTo(url);
  return {
    provider: "postgres",
    adapterName: "@prisma/adapter-pg",
    connect,
    // adapter-pg's own drops the shadow database before it closes its connections to it.
    connectToShadowDb: async () => {
      const name = `shadow_${randomUUID().replaceAll("-", "")}`;
      const server = await connect();
      await server.executeScript(`CREATE DATABASE ${name}`);
      const shadowUrl = new URL(url);
      shadowUrl.pathname = `/${name}`;
      const shadow = await connectTo(shadowUrl.href);
      const close = shadow.dispose;
      shadow.dispose = async () => {
        await close();
        await server.executeScript(`DROP DATABASE ${name} WITH (FORCE)`);
        await server.dispose();
      };
      return shadow;
    },
  };
}

async function connectTo(url: string): Promise<SqlDriverAdapter> {
  const pool = new CatalogPool({ connectionString: url, idleTimeoutMillis: 100 });
  const adapter = await new PrismaPg(pool).connect();
  return {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    getConnectionInfo: () => adapter.getConnectionInfo(),
    executeRaw: (query) => adapter.executeRaw(query),
    startTransaction: (level) => adapter.startTransaction(level),
    queryRaw: async (query) => {
      const result = await adapter.queryRaw(query);
      for (const column of pool.charColumns) result.columnTypes[column] = ColumnTypeEnum.Character;
      return result;
    },
    // adapter-pg splits a script at each semicolon, also inside a function's body; the server does it right.
    executeScript: async (script) => {
      await pool.query(script);
    },
    dispose: () => pool.end(),
  };
}

/** Notes which columns of the last result have the type "char", and calls them text. */
class CatalogPool extends pg.Pool {
  charColumns: number[] = [];

  // The overloads of `query` cannot be told apart here: everything passes through.
  override query = async (...input: unknown[]) => {
    const run = pg.Pool.prototype.query as unknown as (this: pg.Pool, ...input: unknown[]) => Promise<pg.QueryResult>;
    const result = await run.apply(this, input);
    const fields = Array.isArray(result) ? [] : (result.fields ?? []);
    this.charColumns = fields.flatMap((field, index) => (field.dataTypeID === CHAR_OID ? [index] : []));
    for (const index of this.charColumns) fields[index]!.dataTypeID = TEXT_OID;
    return result as never;
  };
}
