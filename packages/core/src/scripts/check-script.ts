import type { CheckScriptInput, ScriptCheck } from "@hustings/contracts/scripts";
import { checkSyntax } from "@hustings/script-runner/check-syntax";
import type { WorkspaceContext } from "../context";
import { describeSchedule } from "./schedule";

/** What saving would say of code and schedule, and when the schedule would come. Nothing is written, nothing runs. */
export function checkScript(
  { ports }: Pick<WorkspaceContext, "ports">,
  { code, cronSchedule }: CheckScriptInput,
): ScriptCheck {
  return {
    problem: code === undefined ? null : checkSyntax(code),
    schedule: cronSchedule ? describeSchedule(cronSchedule, ports.now()) : null,
  };
}
