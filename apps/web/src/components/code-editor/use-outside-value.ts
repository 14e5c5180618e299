import { Annotation } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { type RefObject, useEffect, useLayoutEffect } from "react";
import { type LineMark, showMarks } from "./line-marks";

const fromOutside = Annotation.define<boolean>();

/** Brings what is outside of an editor into it: its text, and the marks at its lines. */
export function useOutsideValue(view: RefObject<EditorView | null>, value: string, marks: readonly LineMark[]): void {
  // At once with the render: a later effect may find that the next key has been struck, and would take it back.
  useLayoutEffect(() => {
    const editor = view.current;
    if (!editor || editor.state.doc.toString() === value) return;
    editor.dispatch({
      changes: { from: 0, to: editor.state.doc.length, insert: value },
      annotations: fromOutside.of(true),
    });
  }, [value]);
  useEffect(() => {
    if (view.current) showMarks(view.current, marks);
  }, [marks]);
}

/** Calls with the text whenever somebody has changed it in the editor itself. */
export const onTyped = (take: (value: string) => void) =>
  EditorView.updateListener.of((update) => {
    const isOurs = update.transactions.some((transaction) => transaction.annotation(fromOutside));
    if (update.docChanged && !isOurs) take(update.state.doc.toString());
  });
