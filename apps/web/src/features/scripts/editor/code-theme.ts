import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { codeLook } from "~/components/code-editor/code-look";

const colors = HighlightStyle.define([
  {
    tag: [tags.keyword, tags.controlKeyword, tags.definitionKeyword, tags.operatorKeyword],
    color: "var(--primary-text)",
    fontWeight: "700",
  },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], color: "var(--warning)" },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: "var(--info)" },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName)], color: "var(--info)" },
  { tag: tags.comment, color: "var(--muted-foreground)" },
  { tag: tags.invalid, color: "var(--danger)" },
]);

/** As high as its text, within limits; the manual beside the list of completions, and above a word. */
const look = EditorView.theme({
  "&": { height: "auto", maxHeight: "max(320px, 60vh)" },
  ".cm-scroller": { overflow: "auto" },
  ".cm-content, .cm-gutter": { minHeight: "320px" },
  ".cm-tooltip.cm-completionInfo": { padding: "0", maxWidth: "min(440px, calc(100vw - 32px))" },
  // Without room beside the list it would lie on the list.
  ".cm-tooltip.cm-completionInfo-right-narrow, .cm-tooltip.cm-completionInfo-left-narrow": {
    top: "100% !important",
    bottom: "auto !important",
    left: "0",
    right: "auto",
  },
  ".cm-manual": {
    fontFamily: "var(--face-sans)",
    fontSize: "13px",
    lineHeight: "18px",
    padding: "10px 12px",
    maxWidth: "min(440px, calc(100vw - 32px))",
    maxHeight: "320px",
    overflow: "auto",
    whiteSpace: "normal",
  },
  ".cm-manual code, .cm-manual pre": { fontFamily: "var(--face-mono)", fontSize: "12px", overflowWrap: "anywhere" },
  ".cm-manual > code": { display: "block", fontWeight: "600" },
  ".cm-manual p": { margin: "6px 0 0" },
  ".cm-manual dl": {
    margin: "6px 0 0",
    display: "grid",
    gridTemplateColumns: "fit-content(45%) minmax(0, 1fr)",
    gap: "2px 10px",
  },
  ".cm-manual dt, .cm-manual dd": { margin: "0", minWidth: "0", overflowWrap: "anywhere" },
  ".cm-manual dd": { color: "var(--muted-foreground)" },
  ".cm-manual pre": {
    margin: "8px 0 0",
    padding: "6px 8px",
    borderRadius: "4px",
    backgroundColor: "var(--sunken)",
    whiteSpace: "pre-wrap",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { maxHeight: "220px", fontFamily: "var(--face-mono)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "3px 8px", lineHeight: "18px" },
  ".cm-completionDetail": { color: "var(--muted-foreground)", fontStyle: "normal" },
});

/** JavaScript in our tokens; what comes first wins. */
export const codeTheme = [look, codeLook, syntaxHighlighting(colors)];
