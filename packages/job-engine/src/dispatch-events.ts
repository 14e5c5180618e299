import { addToBatches } from "./batching";
import { cancelByEvents } from "./cancel";
import { addToDebounces } from "./debounce";
import type { EngineEvent } from "./event";
import type { FunctionConfig } from "./function-config";
import { draftOf, type RunDraft, startRuns } from "./runs";
import type { UnitOfWork } from "./unit-of-work";
import { resumeWaits } from "./waits";

/** Does what events cause, set-wise: cancels first, so that an event which also starts a run does not end that one. */
export async function dispatchEvents(unit: UnitOfWork, events: readonly EngineEvent[]): Promise<void> {
  if (events.length === 0) return;
  await cancelByEvents(unit, events);
  await resumeWaits(unit, events);
  const drafts: RunDraft[] = [];
  const batched: { config: FunctionConfig; event: EngineEvent }[] = [];
  const debounced: typeof batched = [];
  for (const event of events) {
    for (const config of unit.functions.triggeredBy(event.name)) {
      if (!isTriggered(config, event)) continue;
      if (config.batch && config.batch.condition?.({ event }) !== false) batched.push({ config, event });
      else if (config.debounce) debounced.push({ config, event });
      else drafts.push(draftOf(config, event));
    }
  }
  await startRuns(unit, drafts);
  await addToBatches(unit, batched);
  await addToDebounces(unit, debounced);
}

function isTriggered(config: FunctionConfig, event: EngineEvent): boolean {
  return config.eventTriggers.some(
    (trigger) => trigger.event === event.name && (trigger.condition === null || trigger.condition({ event }) === true),
  );
}
