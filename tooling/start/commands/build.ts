import { buildChanged, generateClient } from "../build";
import { runStep } from "../progress";
import { readSettings } from "../settings";

/** `npm run build`: the bundles that `npm run serve` runs. */
export async function run(): Promise<number> {
  const { environment } = readSettings();
  await runStep("Generating the database client", () => generateClient(environment));
  await runStep("Building what changed", () => buildChanged(environment));
  return 0;
}
