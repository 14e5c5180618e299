import type { AutomationRule } from "@hustings/contracts/automations";
import type { FilterField } from "@hustings/contracts/segments";
import { useMemo, useState } from "react";
import { useCommands } from "~/client/commands";
import { useDebounced } from "~/client/debounced";
import { useWorkspace } from "~/client/workspace";
import { FormError } from "~/components/form/form-error";
import { ConditionsCard } from "../../segments/builder/conditions-card";
import { type Catalog, missingPart, newLine } from "../../segments/builder/draft";
import { NameCard } from "../../segments/builder/name-card";
import { ActionsCard } from "./actions-card";
import { isRelativeTime, isSameRule, missingOfAction, type RuleDraft, toConfig, toRuleDraft } from "./draft";
import { DryRunPanel } from "./dry-run-panel";
import { HistoryCard } from "./history-card";
import { RuleNotes } from "./rule-notes";
import { RuleTop } from "./rule-top";
import { ruleSentence } from "./rule-words";
import { RunButton } from "./run-button";
import { RunsCard } from "./runs-card";
import { useDryRun } from "./use-dry-run";
import { useSaveRule } from "./use-save-rule";

/** After the last key, before the server counts. */
const COUNT_DELAY_MS = 350;

/** Builds a rule line by line, says whom it would change while it is built, and below what it did. */
export function RuleBuilder({ rule, fields }: { rule: AutomationRule | null; fields: FilterField[] }) {
  const workspace = useWorkspace();
  const catalog: Catalog = useMemo(() => new Map(fields.map((field) => [field.field, field])), [fields]);
  const [saved, setSaved] = useState(() => toRuleDraft(rule));
  const [draft, setDraft] = useState(saved);
  const saving = useSaveRule(rule, catalog, (stored) => {
    const next = toRuleDraft(stored);
    setSaved(next);
    setDraft(next);
  });
  const change = (part: Partial<RuleDraft>) => {
    setDraft((now) => ({ ...now, ...part }));
    saving.forget();
  };
  const addLine = () => change({ lines: [...draft.lines, newLine()] });
  useCommands([{ id: "condition-new", label: "Add a condition", key: "c", group: "here", run: addLine }]);

  const written = JSON.stringify(toConfig(catalog, draft));
  // The text stands for the config: typing a name counts nothing anew.
  const current = useMemo(() => JSON.parse(written) as ReturnType<typeof toConfig>, [written]);
  const asked = useDebounced(current, COUNT_DELAY_MS);
  const dryRun = useDryRun(asked);
  const isCounting = dryRun.isFetching || asked !== current;
  const errors = new Map(saving.refusal?.byLine);
  if (!isCounting) for (const [key, message] of dryRun.data?.refused ?? []) errors.set(key, message);
  const isChanged = !isSameRule(draft, saved);
  return (
    <>
      <RuleTop
        rule={rule}
        isChanged={isChanged}
        problem={problemOf(catalog, draft, errors)}
        isBusy={saving.isBusy}
        onSave={() => void saving.save(draft)}
        onDiscard={() => {
          setDraft(saved);
          saving.forget();
        }}
      />
      {rule && <RuleNotes rule={rule} />}
      <FormError error={saving.refusal?.error ?? null} title="The rule was not saved." />
      <div className="mt-4 grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(280px,372px)]">
        <div className="grid min-w-0 gap-4">
          <NameCard
            draft={draft}
            sentence={ruleSentence(catalog, workspace.name, {
              ...draft,
              lines: draft.lines.filter(({ key }) => !errors.has(key)),
              actions: draft.actions.filter(({ key }) => !errors.has(key)),
            })}
            refusal={saving.refusal}
            placeholder="Welcome newcomers"
            onChange={change}
          />
          <ConditionsCard catalog={catalog} draft={draft} errors={errors} onChange={change} onAdd={addLine} />
          <ActionsCard
            catalog={catalog}
            actions={draft.actions}
            errors={errors}
            onChange={(actions) => change({ actions })}
          />
        </div>
        <aside aria-label="Dry run" className="grid min-w-0 gap-4">
          <DryRunPanel dryRun={dryRun} isCounting={isCounting} labelOf={(field) => catalog.get(field)?.label ?? field}>
            {draft.lines.some(isRelativeTime) && (
              <p className="mt-2 text-sm text-muted-foreground">
                Time alone does not set it off: it looks at people when they are added or changed, or when you run it.
              </p>
            )}
            {rule && (
              <RunButton
                rule={rule}
                dryRun={isCounting ? null : (dryRun.data?.result ?? null)}
                offReason={isChanged ? "Save the rule first." : rule.brokenReason ? "Mend the rule first." : null}
              />
            )}
          </DryRunPanel>
        </aside>
      </div>
      {rule && (
        <div className="mt-4 grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(280px,372px)]">
          <HistoryCard ruleId={rule.id} labelOf={(field) => catalog.get(field)?.label ?? field} />
          <RunsCard ruleId={rule.id} />
        </div>
      )}
    </>
  );
}

/** Why it cannot be saved as it stands: “Line 2 needs a number.” */
function problemOf(catalog: Catalog, draft: RuleDraft, errors: ReadonlyMap<string, string>): string | null {
  const line = draft.lines.findIndex((each) => missingPart(catalog, each) !== null || errors.has(each.key));
  const condition = draft.lines[line];
  if (condition) return `Line ${line + 1} needs ${missingPart(catalog, condition) ?? "another value"}.`;
  const place = draft.actions.findIndex((each) => missingOfAction(each) !== null || errors.has(each.key));
  const action = draft.actions[place];
  if (action) return `Action ${place + 1} needs ${missingOfAction(action) ?? "another value"}.`;
  return draft.actions.length === 0 ? "It needs an action." : null;
}
