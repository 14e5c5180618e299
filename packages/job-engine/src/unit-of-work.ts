import type { PoolClient, QueryResult, QueryResultRow } from "pg";
import type { EngineEvent } from "./event";
import type { FunctionRegistry } from "./registry";

/** Anything that answers a query: a pool, a client, a unit of work. */
export interface Queryable {
  query<Row extends QueryResultRow>(
    text: string,
    values?: unknown[],
  ): Promise<Pick<QueryResult<Row>, "rows" | "rowCount">>;
}

/** The slot sets that a run's calls must find room in, and the room of each. */
export interface Lane {
  keys: string[];
  limits: number[];
}

/** A call of the app to make: a run's next discovery (`stepId` null), or one planned step of it. */
export interface WorkDraft {
  runId: string;
  stepId: string | null;
  lane: Lane | null;
  priority: number;
}

/** A job for the queue; `workId` names the place in the line that it holds. */
export interface JobDraft {
  runId: string;
  stepId: string | null;
  workId: string | null;
  priority: number;
  delayMs: number;
}

/**
 * One transaction, and what follows from it: jobs, moves in the concurrency line and the engine's own events are
 * gathered while it runs and written set-wise just before the commit.
 */
export interface UnitOfWork extends Queryable {
  readonly functions: FunctionRegistry;
  readonly jobs: JobDraft[];
  /** Work that waits for a slot. */
  readonly arrivals: WorkDraft[];
  /** Ids of work that is over and frees its slot. */
  readonly departures: string[];
  /** Runs whose waiting work is void. */
  readonly abandonedRunIds: string[];
  readonly internalEvents: EngineEvent[];
}

/** Makes the unit of work of a client that has begun a transaction. */
export function createUnitOfWork(client: PoolClient, functions: FunctionRegistry): UnitOfWork {
  return {
    functions,
    jobs: [],
    arrivals: [],
    departures: [],
    abandonedRunIds: [],
    internalEvents: [],
    query: (text, values) => client.query(text, values),
  };
}

/** Work of runs that have begun goes before the first call of new ones, so that what is begun ends. */
export const priorities = { continuation: -10, start: 0 } as const;

/** Puts a call of the app to the queue, or, where its function limits concurrency, into the line. */
export function enqueueWork(unit: UnitOfWork, work: WorkDraft, delayMs = 0): void {
  // What is to happen later joins the line when its time has come, so that a retry holds no place while it waits.
  if (work.lane && delayMs === 0) unit.arrivals.push(work);
  else unit.jobs.push({ runId: work.runId, stepId: work.stepId, workId: null, priority: work.priority, delayMs });
}
