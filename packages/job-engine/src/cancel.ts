import type { EngineEvent } from "./event";
import type { FunctionConfig } from "./function-config";
import { endRuns } from "./runs";
import type { UnitOfWork } from "./unit-of-work";

interface LiveRun {
  id: string;
  events: [EngineEvent, ...EngineEvent[]];
  age_ms: number;
}

// Runs whose events are looked at together; bounds memory when a campaign of many batches is cancelled.
const pageSize = 2000;

/** Cancels the live runs that events call off (`cancelOn`). */
export async function cancelByEvents(unit: UnitOfWork, events: readonly EngineEvent[]): Promise<void> {
  const concerned = new Set(events.flatMap((event) => unit.functions.cancelledBy(event.name)));
  for (const config of concerned) {
    for (let after = ""; ; ) {
      const { rows } = await unit.query<LiveRun>(
        `select id, events, (extract(epoch from now() - created_at) * 1000)::float8 as age_ms from jobs.run
          where function_id = $1 and status in ('queued', 'running') and id > $2 order by id limit ${pageSize}`,
        [config.id, after],
      );
      const last = rows.at(-1);
      if (!last) break;
      after = last.id;
      const called = rows.filter((run) => events.some((event) => isCalledOff(config, run, event)));
      await endRuns(
        unit,
        called.map((run) => run.id),
        { status: "cancelled" },
      );
    }
  }
}

function isCalledOff(config: FunctionConfig, run: LiveRun, event: EngineEvent): boolean {
  return config.cancelOn.some(
    (rule) =>
      rule.event === event.name &&
      (rule.timeoutMs === null || run.age_ms <= rule.timeoutMs) &&
      (rule.condition === null || rule.condition({ event: run.events[0], async: event }) === true),
  );
}
