import { readLogEnv } from "./read-log-env";

/** How much this process logs, and in which form. */
export const env = readLogEnv(process.env);
