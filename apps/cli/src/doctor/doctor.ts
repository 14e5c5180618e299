import type { Migration } from "@hustings/db/migrate";
import type { CliEnv } from "../env";
import type { Print } from "../print";
import { checkDatabase } from "./check-database";
import { checkScripts } from "./check-scripts";
import { checkSettings } from "./check-settings";
import type { Finding } from "./finding";

const LABELS: Record<Finding["state"], string> = { right: "ok", note: "note", wrong: "WRONG" };

/**
 * Says of every part what is right, what is wrong, and what to do.
 *
 * @returns whether nothing is wrong.
 */
export async function examine(env: CliEnv, migrations: readonly Migration[], print: Print): Promise<boolean> {
  const findings = [...(await checkDatabase(env, migrations)), ...checkSettings(env), ...(await checkScripts(env))];
  for (const { part, state, says, remedy } of findings) {
    print(`${LABELS[state].padEnd(5)}  ${part.padEnd(13)}  ${says}`);
    if (remedy) print(`${" ".repeat(22)}-> ${remedy}`);
  }
  const wrongs = findings.filter((finding) => finding.state === "wrong").length;
  print(
    wrongs === 0
      ? "Everything that is needed is right."
      : `${wrongs} ${wrongs === 1 ? "thing is" : "things are"} wrong.`,
  );
  return wrongs === 0;
}
