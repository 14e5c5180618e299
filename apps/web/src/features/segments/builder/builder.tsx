import type { Condition } from "@hustings/contracts/filter";
import type { FilterField, Segment } from "@hustings/contracts/segments";
import { useMemo, useState } from "react";
import { useCommands } from "~/client/commands";
import { useDebounced } from "~/client/debounced";
import { useWorkspace } from "~/client/workspace";
import { FormError } from "~/components/form/form-error";
import { AcrossWorkspaces } from "./across-workspaces";
import { BuilderTop } from "./builder-top";
import { ConditionsCard } from "./conditions-card";
import {
  type Catalog,
  type Draft,
  fieldOf,
  isSameDraft,
  type Line,
  missingPart,
  newLine,
  toDraft,
  toFilter,
  toNewDraft,
} from "./draft";
import { Funnel, type FunnelStep, MAX_FUNNEL_LINES } from "./funnel";
import { NameCard } from "./name-card";
import { valueKind } from "./operators";
import { PeoplePanel } from "./people-panel";
import { lineLabel, toSentence } from "./sentence";
import { usePreview } from "./use-preview";
import { useSaveSegment } from "./use-save-segment";

/** After the last key, before the server counts. */
const COUNT_DELAY_MS = 350;

export type BuilderProps = {
  segment: Segment | null;
  fields: FilterField[];
  /** What a new segment begins with. */
  begin?: readonly Condition[];
};

/** Builds the sentence line by line, and counts while it is built. */
export function Builder({ segment, fields, begin = [] }: BuilderProps) {
  const workspace = useWorkspace();
  const catalog: Catalog = useMemo(() => new Map(fields.map((field) => [field.field, field])), [fields]);
  const [saved, setSaved] = useState(() => toDraft(segment));
  const [draft, setDraft] = useState(() => (segment ? saved : toNewDraft(begin)));
  const saving = useSaveSegment(segment, catalog, (stored) => {
    const next = toDraft(stored);
    setSaved(next);
    setDraft(next);
  });
  const change = (part: Partial<Draft>) => {
    setDraft((now) => ({ ...now, ...part }));
    saving.forget();
  };
  const addLine = () => change({ lines: [...draft.lines, newLine()] });
  useCommands([{ id: "condition-new", label: "Add a condition", key: "c", group: "here", run: addLine }]);

  const { filter, keys } = useMemo(() => toFilter(catalog, draft), [catalog, draft.match, draft.lines]);
  const asked = useDebounced(useStable({ filter, keys, crossWorkspace: draft.crossWorkspace }), COUNT_DELAY_MS);
  const preview = usePreview(asked.filter, { crossWorkspace: asked.crossWorkspace });
  const isCounting = preview.isFetching || asked.filter !== filter;
  const refused = asked.filter === filter && !preview.isPlaceholderData ? preview.data?.refused : undefined;
  const errors = new Map(saving.refusal?.byLine);
  refused?.forEach((message, index) => {
    const key = asked.keys[index];
    if (key) errors.set(key, message);
  });
  const unfinished = draft.lines.findIndex((line) => missingPart(catalog, line) !== null || errors.has(line.key));
  const fitting = draft.lines.filter((line) => !errors.has(line.key));
  const isChanged = !isSameDraft(draft, saved);
  const steps = toSteps(catalog, workspace.name, draft, errors);
  return (
    <>
      <BuilderTop
        segment={segment}
        isChanged={isChanged}
        problem={
          unfinished < 0 ? null : `Line ${unfinished + 1} needs ${nameOfMissing(catalog, draft.lines[unfinished])}.`
        }
        isBusy={saving.isBusy}
        onSave={() => void saving.save(draft)}
        onDiscard={() => {
          setDraft(saved);
          saving.forget();
        }}
      />
      <FormError error={saving.refusal?.error ?? null} title="The segment was not saved." />
      <div className="mt-4 grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(280px,372px)]">
        <div className="grid min-w-0 gap-4">
          <NameCard
            draft={draft}
            sentence={toSentence(catalog, workspace.name, { ...draft, lines: fitting })}
            refusal={saving.refusal}
            placeholder="Valley supporters, awake"
            onChange={change}
          >
            <AcrossWorkspaces draft={draft} onChange={change} />
          </NameCard>
          <ConditionsCard catalog={catalog} draft={draft} errors={errors} onChange={change} onAdd={addLine} />
          {steps.length > 1 && <Funnel steps={steps} crossWorkspace={draft.crossWorkspace} />}
        </div>
        <aside aria-label="Who matches" className="grid min-w-0 gap-4">
          <PeoplePanel
            preview={preview}
            crossWorkspace={asked.crossWorkspace}
            isCounting={isCounting}
            leftOut={draft.lines.length - filter.conditions.length + (refused?.size ?? 0)}
            savedId={segment && !isChanged ? segment.id : null}
          />
        </aside>
      </div>
    </>
  );
}

/** The same object as long as what it says is the same, so that typing a name counts nothing anew. */
function useStable<Value>(value: Value): Value {
  const text = JSON.stringify(value);
  // The text stands for the value.
  return useMemo(() => value, [text]);
}

/** What the first unfinished line needs: a part that is missing, or a value in place of a refused one. */
function nameOfMissing(catalog: Catalog, line: Line | undefined): string {
  const field = line && fieldOf(catalog, line);
  if (!field) return "a field";
  return missingPart(catalog, line) ?? (valueKind(field, line.operator) === "number" ? "a number" : "another value");
}

/** One step for everybody and one for each whole line; none with “any of these”, where lines add. */
function toSteps(
  catalog: Catalog,
  workspaceName: string,
  draft: Draft,
  errors: ReadonlyMap<string, string>,
): FunnelStep[] {
  const lines = draft.lines.filter((line) => missingPart(catalog, line) === null && !errors.has(line.key));
  if (draft.match === "any" || lines.length === 0 || lines.length > MAX_FUNNEL_LINES) return [];
  const everybody = {
    key: "everybody",
    label: `In ${draft.crossWorkspace ? "all workspaces" : workspaceName}`,
    conditions: [],
  };
  return [
    everybody,
    ...lines.map((line, index) => ({
      key: line.key,
      label: `${index + 1}. ${lineLabel(catalog, line)}`,
      conditions: toFilter(catalog, { match: "all", lines: lines.slice(0, index + 1) }).filter.conditions,
    })),
  ];
}
