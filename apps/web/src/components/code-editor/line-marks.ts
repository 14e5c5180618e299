import { type EditorState, type Range, RangeSet, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, GutterMarker, gutterLineClass } from "@codemirror/view";

/** A line that a check speaks of; `column` (from 1) where a template stops making sense. */
export type LineMark = { line: number; column?: number | null; level: "look" | "bad"; message: string };

class NumberMark extends GutterMarker {
  constructor(override readonly elementClass: string) {
    super();
  }
}
const NUMBER = { look: new NumberMark("cm-look-number"), bad: new NumberMark("cm-bad-number") };
type Marks = { lines: DecorationSet; numbers: RangeSet<GutterMarker> };

const setMarks = StateEffect.define<readonly LineMark[]>();

function build(state: EditorState, marks: readonly LineMark[]): Marks {
  const lines: Range<Decoration>[] = [];
  const numbers: Range<GutterMarker>[] = [];
  for (const mark of marks) {
    // What the checks saw may be longer than what stands here now.
    if (mark.line < 1 || mark.line > state.doc.lines) continue;
    const line = state.doc.line(mark.line);
    lines.push(
      Decoration.line({ class: `cm-${mark.level}-line`, attributes: { title: mark.message } }).range(line.from),
    );
    numbers.push(NUMBER[mark.level].range(line.from));
    if (mark.column && line.length > 0) {
      const from = Math.min(line.from + mark.column - 1, line.to - 1);
      lines.push(Decoration.mark({ class: "cm-bad-place" }).range(from, line.to));
    }
  }
  return { lines: Decoration.set(lines, true), numbers: RangeSet.of(numbers, true) };
}

const field = StateField.define<Marks>({
  create: () => ({ lines: Decoration.none, numbers: RangeSet.empty }),
  update(value, transaction) {
    for (const effect of transaction.effects) if (effect.is(setMarks)) return build(transaction.state, effect.value);
    return { lines: value.lines.map(transaction.changes), numbers: value.numbers.map(transaction.changes) };
  },
  provide: (self) => [
    EditorView.decorations.from(self, (value) => value.lines),
    gutterLineClass.from(self, (value) => value.numbers),
  ],
});

/** Shows what the checks found at their lines; they move with the text until the next answer. */
export const lineMarks = field;
export const showMarks = (view: EditorView, marks: readonly LineMark[]): void =>
  view.dispatch({ effects: setMarks.of(marks) });
