import type { EngineEvent } from "./event";
import { compileCondition } from "./expressions";
import { settleSteps } from "./steps";
import type { UnitOfWork } from "./unit-of-work";

/** Hands events to the steps that wait for them (`step.waitForEvent`); a step takes the first that fits. */
export async function resumeWaits(unit: UnitOfWork, events: readonly EngineEvent[]): Promise<void> {
  const { rows } = await unit.query<{
    run_id: string;
    id: string;
    wait_event: string;
    wait_if: string | null;
    events: [EngineEvent, ...EngineEvent[]];
  }>(
    `select step.run_id, step.id, step.wait_event, step.wait_if, run.events
       from jobs.step join jobs.run on run.id = step.run_id
      where step.status = 'waiting' and step.wait_event = any($1) and run.status in ('queued', 'running')`,
    [[...new Set(events.map((event) => event.name))]],
  );
  await settleSteps(
    unit,
    rows.flatMap((wait) => {
      const fits = compileCondition(wait.wait_if);
      const event = events.find(
        (candidate) => candidate.name === wait.wait_event && fits({ event: wait.events[0], async: candidate }),
      );
      return event ? [{ runId: wait.run_id, stepId: wait.id, result: { output: event } }] : [];
    }),
  );
}
