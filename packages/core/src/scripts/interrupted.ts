/** What stands in a run whose process ended before it did. */
export const INTERRUPTED = "It was interrupted; part of its work may be done. It is not run again by itself";
