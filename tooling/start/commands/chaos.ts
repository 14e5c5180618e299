import { buildChanged } from "../build";
import { runStep } from "../progress";
import { runTool } from "../run-tool";
import { readSettings } from "../settings";

/** `npm run chaos`: a campaign while everything around it fails; builds what changed, since the real programs run. */
export async function run(args: string[]): Promise<number> {
  const { environment } = readSettings();
  await runStep("Building what changed", () => buildChanged(environment));
  return runTool("tooling/chaos/chaos.ts", args);
}
