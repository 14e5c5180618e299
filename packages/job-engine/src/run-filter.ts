import { encodeTime } from "ulid";

export type RunStatus = "queued" | "running" | "completed" | "failed" | "cancelled";

/** Which runs are meant; what is left out does not matter. */
export interface RunFilter {
  functionId?: string | undefined;
  /** `waiting`: not begun, or begun and nothing of it under way. `active`: the app is at work on it. */
  status?: RunStatus | "waiting" | "active" | undefined;
  /** Made at this time or later. */
  since?: Date | undefined;
  /** Made before this time. */
  until?: Date | undefined;
  /** The id of a run, or its beginning; or the id of an event that starts runs. */
  search?: string | undefined;
}

/** Whether the app is at work on a run, in SQL. */
export const isActiveSql =
  "(run.dispatch is not null or exists (select from jobs.step where step.run_id = run.id and step.status = 'running'))";

const randomLength = 16;
const idLength = 26;

/**
 * Selects from `jobs.run` what a filter means, in the order of ids, which is the order of time. Every choice is served by an
 * index, and "waiting", which is two choices, by one each.
 *
 * @param options `columns` and `joins` speak of `run`; `before` is the last id of the page before.
 */
export function selectRuns(
  filter: RunFilter,
  options: {
    columns: string;
    joins?: string;
    before?: string | undefined;
    order?: "desc" | "asc";
    limit: number;
    /** Of these statuses alone, where the filter names none. */
    among?: readonly RunStatus[];
    /** Without those that were started over already. */
    isOnce?: boolean;
  },
): { text: string; values: unknown[] } {
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const conditions = [
    filter.functionId && `run.function_id = ${bind(filter.functionId)}`,
    filter.since && `run.id >= ${bind(encodeTime(filter.since.getTime(), 10) + "0".repeat(randomLength))}`,
    filter.until && `run.id < ${bind(encodeTime(filter.until.getTime(), 10) + "0".repeat(randomLength))}`,
    options.before && `run.id < ${bind(options.before)}`,
    filter.search && searchCondition(filter.search, bind),
    options.isOnce && "not exists (select from jobs.run again where again.rerun_of = run.id)",
  ].filter(Boolean);
  const order = `order by run.id ${options.order ?? "desc"} limit ${bind(options.limit)}`;
  const alternatives = statusConditions(filter.status, options.among).map(
    (status) => `select run.* from jobs.run where ${[...conditions, ...status].join(" and ") || "true"} ${order}`,
  );
  const source = alternatives.map((query) => `(${query})`).join(" union all ");
  return { text: `select ${options.columns} from (${source}) run ${options.joins ?? ""} ${order}`, values };
}

function statusConditions(status: RunFilter["status"], among: readonly RunStatus[] | undefined): string[][] {
  if (status === undefined) return among ? among.map((each) => [`run.status = '${each}'`]) : [[]];
  if (status === "active") return [["run.status = 'running'", isActiveSql]];
  if (status === "waiting") return [["run.status = 'queued'"], ["run.status = 'running'", `not ${isActiveSql}`]];
  return [[`run.status = '${status}'`]];
}

// What is searched for by its id is little; a beginning that fits more finds the newest of them.
const maxFound = 500;

/** An id's letters are capitals, and no letter or digit sorts before 0 or after Z. */
function searchCondition(search: string, bind: (value: unknown) => string): string {
  const text = search.trim();
  const byEvent = `select run_id from jobs.run_event where event_id = ${bind(text)}`;
  if (!/^[0-9a-z]{1,26}$/i.test(text)) return `run.id = any(array(${byEvent} limit ${maxFound}))`;
  const id = text.toUpperCase();
  const byId = `select id from jobs.run where id between ${bind(id.padEnd(idLength, "0"))} and ${bind(id.padEnd(idLength, "Z"))}
    order by id desc limit ${maxFound}`;
  // Two arrays, each from an index: an "or" of the conditions would read the table.
  return `run.id = any(array(${byEvent} limit ${maxFound}) || array(${byId}))`;
}
