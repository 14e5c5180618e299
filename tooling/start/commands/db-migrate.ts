import { runTool } from "../run-tool";

/** `npm run db:migrate -- --name x`: writes the next migration. */
export const run = (args: string[]): Promise<number> => runTool("tooling/migrate/write-migration.ts", args);
