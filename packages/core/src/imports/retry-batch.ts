import { setTimeout as delay } from "node:timers/promises";
import { isSerializationFailure } from "@hustings/db/client";
import { AddressTakenError } from "./write-rows";

const MAX_TRIES = 6;
/** Upper bound of the first pause; each next one may be twice as long. */
const FIRST_PAUSE_MS = 20;

/**
 * Runs a batch's transaction, again when another one made the same people first or the two stood in each other's way
 * (deadlock): both are over once it starts anew, and its reading of who is known is fresh.
 */
export async function retryBatch<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === MAX_TRIES || !(error instanceof AddressTakenError || isSerializationFailure(error))) throw error;
      await delay(Math.random() * FIRST_PAUSE_MS * 2 ** attempt);
    }
  }
}
