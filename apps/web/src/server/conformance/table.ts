import { sessionRows } from "./operations/session";
import { systemRows } from "./operations/system";
import { tagRows } from "./operations/tags";
import type { Rows } from "./row";

/** Every operation of the REST API, noun by noun. `conformance.test.ts` fails when the router and this differ. */
export const table: Rows = [...tagRows, ...sessionRows, ...systemRows];
