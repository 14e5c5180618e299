import { EditorView } from "@codemirror/view";

/** The editor in our tokens, so that both themes fit by themselves. */
export const codeLook = EditorView.theme({
  "&": { height: "100%", backgroundColor: "var(--card)", color: "var(--foreground)", fontSize: "13px" },
  "&.cm-focused": { outline: "none" },
  // An outline would lie under the line numbers.
  "&.cm-focused::after": {
    content: '""',
    position: "absolute",
    inset: "0",
    zIndex: "300",
    border: "2px solid var(--ring)",
    pointerEvents: "none",
  },
  ".cm-scroller": { fontFamily: "var(--face-mono)", lineHeight: "21px" },
  ".cm-content": { padding: "10px 0", caretColor: "var(--foreground)" },
  ".cm-cursor": { borderLeftColor: "var(--foreground)" },
  ".cm-gutters": { backgroundColor: "var(--card)", color: "var(--muted-foreground)", border: "none", fontSize: "12px" },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "44px", padding: "0 14px 0 8px" },
  ".cm-line": { padding: "0 16px 0 0" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "transparent" },
  "&.cm-focused .cm-activeLineGutter": { color: "var(--foreground)" },
  "& .cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground": {
    backgroundColor: "var(--primary-soft)",
  },
  "& .cm-matchingBracket, & .cm-nonmatchingBracket": { backgroundColor: "transparent" },
  "&.cm-focused .cm-matchingBracket": {
    backgroundColor: "var(--primary-soft)",
    outline: "1px solid var(--border-strong)",
  },
  ".cm-look-line": { backgroundColor: "var(--warning-soft)" },
  ".cm-gutterElement.cm-look-number": {
    backgroundColor: "var(--warning-soft)",
    color: "var(--warning)",
    fontWeight: "600",
  },
  ".cm-bad-line": { backgroundColor: "var(--danger-soft)" },
  ".cm-gutterElement.cm-bad-number": {
    backgroundColor: "var(--danger-soft)",
    color: "var(--danger)",
    fontWeight: "600",
  },
  ".cm-bad-place": { borderBottom: "2px solid var(--danger)" },
  ".cm-tooltip": {
    backgroundColor: "var(--popover)",
    color: "var(--foreground)",
    border: "1px solid var(--border-strong)",
    borderRadius: "6px",
    boxShadow: "var(--shadow-float)",
  },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": {
    backgroundColor: "var(--primary-soft)",
    color: "var(--foreground)",
  },
  ".cm-panels": { backgroundColor: "var(--sunken)", color: "var(--foreground)" },
  ".cm-panels input, .cm-panels button": {
    color: "var(--foreground)",
    backgroundColor: "var(--card)",
    backgroundImage: "none",
    border: "1px solid var(--input)",
    borderRadius: "4px",
  },
  ".cm-panels .cm-panel.cm-search": {
    padding: "6px 40px 6px 8px",
    fontFamily: "var(--face-sans)",
    "& .cm-textfield, & .cm-button": { height: "28px", padding: "0 8px", fontSize: "13px" },
    "& .cm-textfield": { width: "min(224px, 100%)" },
    "& label": { display: "inline-flex", alignItems: "center", height: "28px", fontSize: "13px" },
    "& [name=close]": { top: "6px", right: "6px", width: "28px", height: "28px", fontSize: "18px" },
  },
  ".cm-searchMatch": { backgroundColor: "var(--warning-soft)" },
  ".cm-searchMatch-selected": { backgroundColor: "var(--primary-soft)" },
});
