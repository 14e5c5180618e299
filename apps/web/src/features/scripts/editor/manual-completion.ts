import type { Completion, CompletionContext, CompletionResult, CompletionSource } from "@codemirror/autocomplete";
import { completionPath } from "@codemirror/lang-javascript";
import { syntaxTree } from "@codemirror/language";
import type { EditorState } from "@codemirror/state";
import type { ScriptManual, ScriptManualEntry, ScriptManualProperty } from "@hustings/contracts/script-manual";
import { findModel } from "./find-model";
import { renderEntry, renderProperty } from "./manual-entry";

type SyntaxNode = ReturnType<typeof syntaxTree>["topNode"];

const WORD = /[\w$]*$/;
/** Above what the language itself offers, such as keywords. */
const BOOST = 2;

/** Offers what a script may use; nothing as long as the manual is on its way. */
export const manualCompletion =
  (readManual: () => ScriptManual | undefined): CompletionSource =>
  (context: CompletionContext): CompletionResult | null => {
    const manual = readManual();
    if (!manual) return null;
    const word = context.matchBefore(WORD);
    const call = findCallAround(context.state, context.pos, manual);
    if (call && (context.explicit || word?.text))
      return { from: word?.from ?? context.pos, options: call.takes.map(toPropertyOption), validFor: WORD };
    const place = completionPath(context);
    if (!place) return null;
    const code = context.state.sliceDoc(0, context.pos);
    const options = listMembers(place.path.join("."), code, manual);
    return options.length > 0 ? { from: context.pos - place.name.length, options, validFor: WORD } : null;
  };

/** What may follow `path` and a dot; for an empty path, the words of a script. */
function listMembers(path: string, code: string, manual: ScriptManual): Completion[] {
  const { methods, words, models } = manual;
  if (path === "") return [...listPlain(["crm", "console"]), ...words.flatMap((entry) => toOption(entry, "", models))];
  if (path === "crm") return listPlain([...new Set(methods.map((entry) => entry.path.split(".")[0] ?? ""))]);
  if (path === "console") return words.flatMap((entry) => toOption(entry, "console.", models));
  if (path.startsWith("crm.")) return methods.flatMap((entry) => toOption(entry, `${path.slice(4)}.`, models));
  return (findModel(code, path, manual)?.properties ?? []).map(toPropertyOption);
}

const listPlain = (names: readonly string[]): Completion[] =>
  names.map((label) => ({ label, type: "namespace", boost: BOOST }));

function toOption(entry: ScriptManualEntry, prefix: string, models: ScriptManual["models"]): Completion[] {
  const label = entry.path.slice(prefix.length);
  if (!entry.path.startsWith(prefix) || label.includes(".")) return [];
  return [{ label, type: "function", boost: BOOST, info: () => renderEntry(entry, models) }];
}

const toPropertyOption = (property: ScriptManualProperty): Completion => ({
  label: property.name,
  type: "property",
  boost: BOOST,
  info: () => renderProperty(property),
});

type Call = Pick<ScriptManualEntry, "takes">;

/** What may stand where the cursor is, in the object of a method: `crm.contacts.update(id, { | })`. */
function findCallAround(state: EditorState, pos: number, { methods }: ScriptManual): Call | undefined {
  const at = syntaxTree(state).resolveInner(pos, -1);
  const object = at.name === "PropertyDefinition" ? at.parent?.parent : at.name === "ObjectExpression" ? at : at.parent;
  // After a colon stands a value, whose parent is a property and no object.
  if (object?.name !== "ObjectExpression" || object.parent?.name !== "ArgList") return undefined;
  const callee = object.parent.parent?.firstChild;
  const path = callee && state.sliceDoc(callee.from, callee.to).replace(/^crm\./, "");
  const entry = methods.find((each) => each.path === path);
  // What stands before the object is not in it.
  return entry && { takes: entry.takes.slice(countBefore(object)) };
}

function countBefore(argument: SyntaxNode): number {
  let count = 0;
  for (let node = argument.prevSibling; node; node = node.prevSibling)
    if (node.name !== "(" && node.name !== ",") count++;
  return count;
}
