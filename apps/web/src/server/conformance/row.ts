import type { AuthLevel } from "@hustings/api/trpc";
import type { World } from "./world";

/** What is sent to an operation. */
export type Example = {
  /** Path parameters, of records that exist in workspace A. */
  parameters?: Record<string, string>;
  query?: Record<string, string>;
  /** JSON; bytes where an operation takes a form. */
  body?: Record<string, unknown> | Buffer;
  headers?: Record<string, string>;
};

/**
 * One operation of the reference: what it is, how a good call looks, and how the calls look that it must refuse.
 * Everything else (who may call, wrong ids, unknown properties, other workspaces) is generated from this.
 */
export type Row = {
  /** Verb and path as the reference writes them: `PUT /api/tags/{id}`. */
  operation: `${"GET" | "POST" | "PUT" | "DELETE"} /${string}`;
  auth: AuthLevel;
  /** The lowest role for which an operation of the level `open` answers. */
  role?: "viewer" | "member";
  status: 200 | 201 | 202 | 302;
  /** Failures that it may answer, apart from 413, 415, 429, 500 and 503. */
  errors: readonly number[];
  /** A call that succeeds; makes the records that it needs, in workspace A. Called once per request. */
  given?: (world: World) => Promise<Example> | Example;
  /** Bodies or queries that are 400, each with the beginnings of the details that must be named. */
  refused?: (world: World) => Promise<Refusal[]> | Refusal[];
  /** A call that is 400 as things stand, though nothing in it is wrong: sent already, running. */
  untimely?: (world: World) => Promise<Example> | Example;
  /** A call that is 403 whatever the role: the record is another person's. */
  forbidden?: (world: World) => Promise<Example> | Example;
  /** A call that is 409; needed where `errors` has it. */
  conflicting?: (world: World) => Promise<Example> | Example;
  /** What its path names belongs to no workspace: another workspace's key is not answered with 404. */
  isInstallationWide?: true;
};

export type Refusal = Pick<Example, "query" | "body" | "headers"> & { details: readonly string[] };
export type Rows = readonly Row[];
