import type { ScriptManual, ScriptManualEntry } from "@hustings/contracts/script-manual";
import { describeCrm } from "./describe-crm";
import { SCRIPT_EXAMPLES } from "./examples";

const word = (path: string, call: string, says: string, example: string): ScriptManualEntry => ({
  path,
  call,
  says,
  takes: [],
  answers: null,
  items: null,
  example,
});
const line = (path: string, says: string): ScriptManualEntry =>
  word(path, `${path}(...values)`, says, `${path}("found", contact.email)`);

/** What a script is handed beside `crm`; the runner's prelude makes it. */
const WORDS: readonly ScriptManualEntry[] = [
  line("log", "Writes a line to the run's log, which is read while it runs"),
  line("console.log", "As log"),
  line("console.info", "As log"),
  line("console.debug", "As log"),
  line("console.warn", "As log, marked as a warning"),
  line("console.error", "As log, marked as an error"),
  word(
    "input",
    "input",
    "What the run was given as its input, any JSON; null on a schedule",
    'const name = input?.segment ?? "Volunteers";',
  ),
  word("sleep", "sleep(ms)", "Waits. The time counts towards the run's limit", "await sleep(500)"),
];

let made: ScriptManual | undefined;

/** What scripts may use, and scripts to start from. Made once. */
export function getScriptManual(): ScriptManual {
  made ??= { ...describeCrm(), words: [...WORDS], examples: [...SCRIPT_EXAMPLES] };
  return made;
}
