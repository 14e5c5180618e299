import type { Also, Rerun, RunSelection } from "@hustings/job-engine/control";
import type { EngineHealth, HourFigures } from "@hustings/job-engine/figures";
import type { RunDetail, RunSummary } from "@hustings/job-engine/inspect";
import type { EventSummary } from "@hustings/job-engine/inspect-events";
import type { FunctionSummary } from "@hustings/job-engine/inspect-functions";
import type { RunFilter } from "@hustings/job-engine/run-filter";

type Page = { before?: string | undefined; limit: number };

/**
 * The embedded engine, to look at and to act on. What is handed to `also` is written in the transaction of the action.
 *
 * @throws DomainError `unavailable`, each of them, while no engine has made its tables.
 */
export type JobConsole = {
  getHealth: () => Promise<EngineHealth>;
  listHours: () => Promise<HourFigures[]>;
  listRuns: (filter: RunFilter & Page) => Promise<RunSummary[]>;
  findRun: (runId: string) => Promise<RunDetail | null>;
  listEvents: (filter: { name?: string | undefined; search?: string | undefined } & Page) => Promise<EventSummary[]>;
  listFunctions: () => Promise<FunctionSummary[]>;
  cancelRuns: (selection: RunSelection, also: Also<string[]>) => Promise<string[]>;
  rerunRuns: (selection: RunSelection, also: Also<Rerun[]>) => Promise<Rerun[]>;
  rerunFromStep: (
    from: { runId: string; stepId: string; input?: unknown[] | undefined },
    also: Also<Rerun>,
  ) => Promise<Rerun | null>;
  pauseFunction: (change: { functionId: string; isPaused: boolean }, also: Also<void>) => Promise<boolean>;
};

/** What runs the jobs of this installation. An Inngest server has a console of its own. */
export type JobsPort = { engine: "embedded"; console: JobConsole } | { engine: "inngest"; consoleUrl: string | null };
