import { createScriptRunner } from "@hustings/script-runner/runner";
import type { CliEnv } from "../env";
import { type Finding, note, right, wrong } from "./finding";

/** Whether scripts can run on this machine, and what stands between them and the world: tried, not read. */
export async function checkScripts({ scripts }: CliEnv): Promise<Finding[]> {
  if ("problems" in scripts)
    return scripts.problems.map((problem) => wrong("scripts", problem, ".env.example explains each variable."));
  try {
    const runner = createScriptRunner(scripts);
    const { wall, missing, broken } = await runner.report();
    await runner.close();
    if (broken !== null) return [wrong("scripts", `none can run: ${broken}`, "Nothing else of Hustings needs this.")];
    if (missing.length === 0) return [right("scripts", `sealed by ${[...wall.layers].join(", ")}`)];
    return missing.map(({ says, allow }) =>
      scripts.isReducedAllowed
        ? note("scripts", `run in reduced isolation: ${says}`, allow)
        : note("scripts", `off: ${says}`, `${allow} Or accept the weaker wall: SCRIPT_ISOLATION=reduced.`),
    );
  } catch (error) {
    return [wrong("scripts", (error as Error).message, "Nothing else of Hustings needs this.")];
  }
}
