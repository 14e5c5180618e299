import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { javascript, javascriptLanguage } from "@codemirror/lang-javascript";
import { bracketMatching, indentOnInput } from "@codemirror/language";
import { search, searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLineGutter, keymap, lineNumbers } from "@codemirror/view";
import type { ScriptManual } from "@hustings/contracts/script-manual";
import { useFieldControl } from "@hustings/ui/field";
import { type Ref, useEffect, useImperativeHandle, useRef } from "react";
import { type LineMark, lineMarks } from "~/components/code-editor/line-marks";
import { onTyped, useOutsideValue } from "~/components/code-editor/use-outside-value";
import { codeTheme } from "./code-theme";
import { manualCompletion } from "./manual-completion";
import { manualHover } from "./manual-hover";

/** What is around the editor does this to it. */
export type CodeEditorHandle = { focus: () => void; goToLine: (line: number) => void };

export type CodeEditorProps = {
  ref?: Ref<CodeEditorHandle>;
  label: string;
  value: string;
  onValueChange: (value: string) => void;
  onBlur: () => void;
  /** Ctrl-S or ⌘S. */
  onSave: () => void;
  marks: readonly LineMark[];
  manual: ScriptManual | undefined;
};

/** JavaScript in CodeMirror, with the manual of scripts. Inside a `Field`; loaded with the editor alone. */
export function CodeEditor({ ref, label, value, marks, ...rest }: CodeEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const field = useFieldControl();
  const latest = useRef({ ...rest, field });
  latest.current = { ...rest, field };

  useEffect(() => {
    view.current = new EditorView({
      parent: host.current as HTMLDivElement,
      state: EditorState.create({ doc: value, extensions: createExtensions(label, latest) }),
    });
    return () => view.current?.destroy();
  }, []);

  useOutsideValue(view, value, marks);
  // What describes the field has changed: the attributes are read again with any transaction.
  const isInvalid = field["aria-invalid"];
  const describedBy = field["aria-describedby"];
  useEffect(() => view.current?.dispatch({}), [isInvalid, describedBy]);
  useImperativeHandle(
    ref,
    () => ({
      focus: () => view.current?.focus(),
      goToLine: (line) => {
        const editor = view.current;
        if (!editor) return;
        const { from } = editor.state.doc.line(Math.min(Math.max(1, line), editor.state.doc.lines));
        editor.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: "center" }) });
        editor.focus();
      },
    }),
    [],
  );
  return (
    <div
      ref={host}
      className="overflow-hidden rounded-md border border-input has-[[aria-invalid=true]]:border-danger"
    />
  );
}

type Latest = { current: Omit<CodeEditorProps, "ref" | "label" | "value" | "marks"> & { field: object } };

const createExtensions = (label: string, latest: Latest) => [
  lineNumbers(),
  highlightActiveLineGutter(),
  history(),
  drawSelection(),
  indentOnInput(),
  bracketMatching(),
  closeBrackets(),
  search({ top: true }),
  autocompletion({ icons: false }),
  javascript(),
  javascriptLanguage.data.of({ autocomplete: manualCompletion(() => latest.current.manual) }),
  manualHover(() => latest.current.manual),
  lineMarks,
  codeTheme,
  // Tab leaves the editor: nobody is caught in it.
  keymap.of([
    {
      key: "Mod-s",
      preventDefault: true,
      run: () => {
        latest.current.onSave();
        return true;
      },
    },
    ...closeBracketsKeymap,
    ...defaultKeymap,
    ...historyKeymap,
    ...completionKeymap,
    ...searchKeymap,
  ]),
  EditorView.contentAttributes.of(() => ({
    "aria-label": label,
    // Editable text is focusable without it; some tools do not know that.
    tabindex: "0",
    ...latest.current.field,
  })),
  EditorView.domEventHandlers({ blur: () => latest.current.onBlur() }),
  onTyped((text) => latest.current.onValueChange(text)),
];
