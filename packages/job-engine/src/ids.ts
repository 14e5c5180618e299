import { monotonicFactory } from "ulid";

/** Makes an id that sorts after all that this process made before, so that ids tell the order of runs and events. */
export const createId: () => string = monotonicFactory();
