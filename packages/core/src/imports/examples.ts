import type { ImportExample, ImportExamples } from "@hustings/contracts/imports";
import type { AppliedRows } from "./apply-rows";
import type { Outcome } from "./plan-rows";
import type { ImportTargets } from "./targets";

/** Rows shown of each outcome. */
const SHOWN = 5;
/** Fields that stand for a name where there is none. */
const SHOWN_FACTS = 3;
/** Characters of a label or detail. */
const SHOWN_LENGTH = 200;

const cut = (text: string): string => Buffer.from(text.slice(0, SHOWN_LENGTH), "utf8").toString("utf8");

/** Adds a batch's rows to the examples: the first of each outcome stay, the latest go on. */
export function addExamples(examples: ImportExamples, applied: AppliedRows, targets: ImportTargets): ImportExamples {
  const { outcomes, bad } = applied;
  const fill = (kept: ImportExample[] = [], kind: (outcome: Outcome) => boolean) => {
    for (const outcome of outcomes) {
      if (kept.length >= SHOWN) break;
      if (kind(outcome)) kept.push(toExample(outcome, targets));
    }
    return kept;
  };
  const errors = [...(examples.errors ?? [])];
  for (const { line, problems } of bad.slice(0, SHOWN - errors.length)) {
    const label = problems[0]?.value ?? "";
    errors.push({
      line,
      label: cut(label),
      detail: cut(problems.map(({ column, message }) => (column ? `${column}: ${message}` : message)).join("; ")),
    });
  }
  const latest = outcomes
    .filter(({ kind }) => kind === "created" || kind === "updated")
    .slice(-SHOWN)
    .reverse();
  return {
    created: fill([...(examples.created ?? [])], ({ kind }) => kind === "created"),
    updated: fill([...(examples.updated ?? [])], ({ kind }) => kind === "updated"),
    skipped: fill([...(examples.skipped ?? [])], ({ kind }) => kind === "skipped" || kind === "unchanged"),
    errors,
    latest: [...latest.map((outcome) => toExample(outcome, targets)), ...(examples.latest ?? [])].slice(0, SHOWN),
  };
}

const DETAIL: Record<Outcome["kind"], string> = {
  created: "New",
  updated: "Updated",
  unchanged: "Nothing new",
  skipped: "Known already",
};

/** By what somebody without name and address may be recognised. */
const factsOf = ({ customFields }: Outcome["person"]): string =>
  Object.values(customFields).filter(Boolean).slice(0, SHOWN_FACTS).join(" · ");

function toExample({ line, kind, person, changes }: Outcome, targets: ImportTargets): ImportExample {
  const name = [person.firstName, person.lastName].filter((part) => part !== null).join(" ");
  const isNamed = name !== "";
  const changed = kind === "updated" ? `: ${changes.map(targets.labelOf).join(", ")}` : "";
  const detail =
    isNamed && kind === "created" ? `${DETAIL.created} · ${person.email ?? "no email"}` : DETAIL[kind] + changed;
  return {
    line,
    label: cut(name || person.email || factsOf(person) || "No name"),
    detail: cut(detail),
  };
}
