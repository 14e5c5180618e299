import { createScriptRunner } from "@hustings/script-runner/runner";
import { toService } from "@hustings/script-runner/service";
import type { CliEnv } from "../env";
import { type Finding, note, right, wrong } from "./finding";

/** Whether scripts can run on this machine, and what stands between them and the world: tried, not read. */
export async function checkScripts({ scripts }: CliEnv): Promise<Finding[]> {
  if ("problems" in scripts)
    return scripts.problems.map((problem) => wrong("scripts", problem, ".env.example explains each variable."));
  try {
    const runner = createScriptRunner(scripts);
    const report = await runner.report();
    await runner.close();
    const { wall, broken } = report;
    const { missing } = toService(report, scripts);
    if (broken !== null) return [wrong("scripts", `none can run: ${broken}`, "Nothing else of Hustings needs this.")];
    if (missing.length === 0) return [right("scripts", `sealed by ${[...wall.layers].join(", ")}`)];
    const how = scripts.isReducedAllowed ? "run in reduced isolation" : "off";
    return missing.map(({ says, keepsFrom, allow }) =>
      note("scripts", `${how}: ${says}. It keeps them from ${keepsFrom}`, allow),
    );
  } catch (error) {
    return [wrong("scripts", (error as Error).message, "Nothing else of Hustings needs this.")];
  }
}
