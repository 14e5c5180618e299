import { replaySome } from "@hustings/core/webhook-deliveries/replay";
import { inngest, triggers } from "../client";
import { jobContext } from "../context";

/** A run stays under 200 steps. What is beyond, more than a million deliveries, takes another request. */
const MAX_PARTS = 150;

/** Lets deliveries of a span of time wait again, part by part; another job applies them meanwhile. */
export const deliveryReplay = inngest.createFunction(
  { id: "delivery-replay", triggers: [triggers.providerReplayRequested], retries: 5, concurrency: [{ limit: 1 }] },
  async ({ event, step }) => {
    let total = 0;
    for (let part = 0; part < MAX_PARTS; part++) {
      const count = await step.run(`put-back-${part}`, () => replaySome(jobContext(), event.data));
      if (count === 0) break;
      total += count;
    }
    return { replayed: total };
  },
);
