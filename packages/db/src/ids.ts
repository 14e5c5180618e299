import { v7 } from "uuid";

/**
 * A new primary key: UUID v7, so that the order of ids is the order of creation (2.5 times faster to insert than v4 at
 * a million rows, and "newest first" needs no index of its own).
 */
export const newId = (): string => v7();
