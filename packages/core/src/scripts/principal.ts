import type { CoreContext, Principal } from "../context";
import { findPerson } from "../users/principal";
import type { ScriptScope } from "./port";

/**
 * Who a script is at this moment: its last editor, with the editor's rights of now. Null when the editor is gone or
 * deactivated.
 */
export async function findScriptPrincipal(
  ctx: Pick<CoreContext, "db">,
  { editorId, scriptRunId, scriptName }: Pick<ScriptScope, "editorId" | "scriptRunId" | "scriptName">,
): Promise<Principal | null> {
  const editor = await findPerson(ctx, editorId);
  return editor && { ...editor, via: { kind: "script", scriptRunId, name: scriptName } };
}
