import type { JobStep } from "@hustings/contracts/jobs";
import { stepBase, stepTitle } from "./words";

/** A line of the waterfall: one step, or many of a loop that all went well. */
export type Row = { key: string; title: string; name: string; steps: JobStep[] };

/** More steps of a loop than this, one after the other, are one line until it is opened. */
const GROUPED_FROM = 5;

/** Steps as lines; a long loop in which nothing went wrong is one. */
export function toRows(steps: readonly JobStep[], open: ReadonlySet<string>): Row[] {
  const rows: Row[] = [];
  for (let index = 0; index < steps.length; ) {
    const length = loopLength(steps, index);
    const loop = steps.slice(index, index + length);
    const [first] = loop;
    const key = `loop-${first?.id}`;
    if (first && length >= GROUPED_FROM && !open.has(key)) {
      const base = stepBase(first.name);
      rows.push({ key, title: `${stepTitle(first.name)}, ${length} times`, name: `${base} ×${length}`, steps: loop });
    } else {
      rows.push(...loop.map((step) => ({ key: step.id, title: stepTitle(step.name), name: step.name, steps: [step] })));
    }
    index += length;
  }
  return rows;
}

function loopLength(steps: readonly JobStep[], start: number): number {
  const isPlain = (step: JobStep) =>
    step.status === "done" && step.tries === 1 && !step.isCopied && step.kind === "work";
  const [first] = steps.slice(start, start + 1);
  if (!first || !isPlain(first) || stepBase(first.name) === first.name) return 1;
  let end = start + 1;
  for (let next = steps[end]; next && isPlain(next) && stepBase(next.name) === stepBase(first.name); next = steps[end])
    end++;
  return end - start;
}
