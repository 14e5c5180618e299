import { syntaxTree } from "@codemirror/language";
import type { EditorState, Extension } from "@codemirror/state";
import { hoverTooltip } from "@codemirror/view";
import type { ScriptManual } from "@hustings/contracts/script-manual";
import { findModel } from "./find-model";
import { renderEntry, renderProperty } from "./manual-entry";

/** Shows the manual of the word under the pointer. */
export const manualHover = (readManual: () => ScriptManual | undefined): Extension =>
  hoverTooltip((view, pos, side) => {
    const manual = readManual();
    const node = syntaxTree(view.state).resolveInner(pos, side);
    if (!manual || (node.name !== "VariableName" && node.name !== "PropertyName")) return null;
    const owner = node.parent?.name === "MemberExpression" ? node.parent : node;
    const page = findPage(view.state, view.state.sliceDoc(owner.from, node.to), node.to, manual);
    return page && { pos: node.from, end: node.to, above: true, create: () => ({ dom: page() }) };
  });

/** What the manual has on `crm.contacts.list`, `log` or `contact.email`; null for anything else. */
function findPage(state: EditorState, text: string, end: number, manual: ScriptManual): (() => HTMLElement) | null {
  const path = text.replace(/\s/g, "").replace(/^crm\./, "");
  const entries = text.startsWith("crm.") ? manual.methods : manual.words;
  const entry = entries.find((each) => each.path === path);
  if (entry) return () => renderEntry(entry, manual.models);
  const [variable, name, ...rest] = path.split(".");
  if (!variable || !name || rest.length > 0) return null;
  const property = findModel(state.sliceDoc(0, end), variable, manual)?.properties.find((each) => each.name === name);
  return property ? () => renderProperty(property) : null;
}
