import { autocompletion, closeBrackets, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { html } from "@codemirror/lang-html";
import { liquid } from "@codemirror/lang-liquid";
import { bracketMatching } from "@codemirror/language";
import { searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import { EditorView, highlightActiveLineGutter, keymap, lineNumbers } from "@codemirror/view";
import { type Ref, useEffect, useImperativeHandle, useRef } from "react";
import { type LineMark, lineMarks } from "~/components/code-editor/line-marks";
import { onTyped, useOutsideValue } from "~/components/code-editor/use-outside-value";
import { codeTheme } from "./code-theme";

/** What the buttons around the editor do to it. */
export type CodeEditorHandle = {
  /** Puts text around what is chosen; the cursor goes after `before`, or the chosen text stays chosen. */
  wrap: (before: string, after?: string) => void;
  goToLine: (line: number) => void;
  /** Replaces the first match in a line, with the cursor `caret` characters into it. */
  replaceInLine: (line: number, find: string, replacement: string, caret: number) => void;
};

export type CodeEditorProps = {
  ref?: Ref<CodeEditorHandle>;
  label: string;
  value: string;
  onValueChange: (value: string) => void;
  onFocus: () => void;
  isReadOnly: boolean;
  marks: readonly LineMark[];
  /** Custom fields, for completion after `contact.customFields.`. */
  fieldNames: readonly string[];
};

const PERSON = ["firstName", "lastName", "email", "language", "customFields"];
const ROOTS = ["contact", "campaign", "workspace", "unsubscribeUrl", "preferencesUrl", "postalAddress"];

/** HTML with Liquid in CodeMirror. Loaded with the editor alone. */
export function CodeEditor({
  ref,
  label,
  value,
  onValueChange,
  onFocus,
  isReadOnly,
  marks,
  fieldNames,
}: CodeEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef({ onValueChange, onFocus, fieldNames });
  latest.current = { onValueChange, onFocus, fieldNames };

  useEffect(() => {
    const properties = (path: readonly string[]) => {
      if (path[0] === "contact" && path[1] === "customFields")
        return latest.current.fieldNames.map((name) => ({ label: name }));
      if (path[0] === "contact" && path.length === 1) return PERSON.map((name) => ({ label: name }));
      return path.length === 1 ? [{ label: "name" }] : [];
    };
    view.current = new EditorView({
      parent: host.current as HTMLDivElement,
      state: EditorState.create({
        doc: value,
        extensions: [
          lineNumbers(),
          highlightActiveLineGutter(),
          history(),
          bracketMatching(),
          closeBrackets(),
          autocompletion({ icons: false }),
          liquid({ base: html(), variables: ROOTS.map((name) => ({ label: name })), properties }),
          lineMarks,
          codeTheme,
          // A paragraph is one long line in most emails.
          EditorView.lineWrapping,
          // Tab leaves the editor: nobody is caught in it.
          keymap.of([...defaultKeymap, ...historyKeymap, ...completionKeymap, ...searchKeymap]),
          EditorState.readOnly.of(isReadOnly),
          EditorView.contentAttributes.of({
            "aria-label": label,
            // Editable text is focusable without it; some tools do not know that.
            tabindex: "0",
            ...(isReadOnly ? { "aria-readonly": "true" } : {}),
            spellcheck: "true",
          }),
          EditorView.domEventHandlers({ focus: () => latest.current.onFocus() }),
          onTyped((text) => latest.current.onValueChange(text)),
        ],
      }),
    });
    return () => view.current?.destroy();
  }, []);

  useOutsideValue(view, value, marks);
  useImperativeHandle(ref, () => createHandle(view), []);
  return <div ref={host} className="h-full min-h-0" />;
}

function createHandle(current: { current: EditorView | null }): CodeEditorHandle {
  const edit = (act: (view: EditorView) => void) => {
    const view = current.current;
    if (!view) return;
    act(view);
    view.focus();
  };
  return {
    wrap: (before, after = "") =>
      edit((view) => {
        const { from, to } = view.state.selection.main;
        const chosen = view.state.sliceDoc(from, to);
        const start = from + before.length;
        view.dispatch({
          changes: { from, to, insert: before + chosen + after },
          selection: { anchor: start, head: start + chosen.length },
          scrollIntoView: true,
        });
      }),
    goToLine: (line) =>
      edit((view) => {
        const { from } = view.state.doc.line(Math.min(Math.max(1, line), view.state.doc.lines));
        view.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: "center" }) });
      }),
    replaceInLine: (number, find, replacement, caret) =>
      edit((view) => {
        const line = view.state.doc.line(Math.min(number, view.state.doc.lines));
        const at = line.text.indexOf(find);
        if (at < 0) return view.dispatch({ selection: { anchor: line.from }, scrollIntoView: true });
        const from = line.from + at;
        view.dispatch({
          changes: { from, to: from + find.length, insert: replacement },
          selection: { anchor: from + caret },
          scrollIntoView: true,
        });
      }),
  };
}
