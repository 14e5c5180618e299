import { applyAnswer, failRun } from "./apply-answer";
import { claimWork, type WorkItem } from "./claim";
import type { EngineContext } from "./context";
import { maxDeliveries } from "./limits";
import type { SdkAnswer } from "./protocol";
import { inTransaction } from "./transaction";

/** The delivery of a job: the queue's id of it, and how often it was delivered. */
export interface Delivery {
  jobId: string;
  deliveries: number;
}

/**
 * Makes one call of the app: discovers what a run does next, or runs one planned step of it. Delivering the same job
 * again is harmless: only the latest claim of a run or step may write, and a settled one is not claimed.
 */
export async function driveWork(engine: EngineContext, item: WorkItem, delivery: Delivery): Promise<void> {
  const claim = await claimWork(engine, item, delivery);
  if (!claim) return;
  if (delivery.deliveries > maxDeliveries) {
    await inTransaction(engine, (unit) =>
      failRun(unit, claim, {
        name: "WorkerLostError",
        message: `The worker died ${maxDeliveries} times while it ran this step`,
      }),
    );
    return;
  }
  const answer = claim.config
    ? await call(engine, claim.config.id, item.stepId, claim.request)
    : notServed(claim.functionId);
  await inTransaction(engine, (unit) => applyAnswer(engine, unit, claim, answer));
}

async function call(engine: EngineContext, ...args: Parameters<EngineContext["app"]["call"]>): Promise<SdkAnswer> {
  engine.counters.appCalls += 1;
  return engine.app.call(...args);
}

// A function that a release forgot may come back with the next one: retried like any failure, then failed visibly.
function notServed(functionId: string): SdkAnswer {
  return {
    status: 0,
    body: { name: "FunctionNotServedError", message: `The app does not serve the function ${functionId}` },
    noRetry: false,
    retryAfterMs: null,
    isEager: false,
  };
}
