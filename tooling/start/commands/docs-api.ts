import { runTool } from "../run-tool";

/** `npm run docs:api`: writes docs/api.md and docs/openapi.json. */
export const run = (args: string[]): Promise<number> => runTool("tooling/docs-api.ts", args);
