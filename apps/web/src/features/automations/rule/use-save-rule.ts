import type { AutomationRule } from "@hustings/contracts/automations";
import { notifyDone } from "@hustings/ui/toast";
import { useRouter } from "next/router";
import { useState } from "react";
import { type CallError, readCallError, splitDetails } from "~/client/errors";
import { trpc } from "~/client/trpc";
import { useWorkspacePath } from "~/client/workspace";
import type { Catalog } from "../../segments/builder/draft";
import { type RuleDraft, splitConfigDetails, toConfig } from "./draft";

/** What the server would not save: by field, by line, and the rest. */
export type RuleRefusal = { name?: string; description?: string; byLine: Map<string, string>; error: CallError | null };

/** Saves the draft; a new one gets its address. What the server refuses is sorted to where it belongs. */
export function useSaveRule(rule: AutomationRule | null, catalog: Catalog, onSaved: (saved: AutomationRule) => void) {
  const utils = trpc.useUtils();
  const router = useRouter();
  const toPath = useWorkspacePath();
  const create = trpc.automations.create.useMutation();
  const update = trpc.automations.update.useMutation();
  const [refusal, setRefusal] = useState<RuleRefusal | null>(null);

  const save = async (draft: RuleDraft) => {
    setRefusal(null);
    const { config, keys } = toConfig(catalog, draft);
    const values = { name: draft.name, description: draft.description.trim() || null, config };
    try {
      const saved = rule ? await update.mutateAsync({ id: rule.id, ...values }) : await create.mutateAsync(values);
      utils.automations.get.setData({ id: saved.id }, saved);
      await utils.automations.list.invalidate();
      onSaved(saved);
      notifyDone(`Saved the rule ${saved.name}`);
      if (!rule) await router.replace(toPath(`/automations/${saved.id}`));
    } catch (thrown) {
      setRefusal(readRefusal(readCallError(thrown), keys));
    }
  };
  return { save, isBusy: create.isPending || update.isPending, refusal, forget: () => setRefusal(null) };
}

function readRefusal(error: CallError, keys: { conditions: string[]; actions: string[] }): RuleRefusal {
  const { byLine, rest } = splitConfigDetails(error.details, keys);
  const { byField } = splitDetails(rest);
  const name = byField.get("name");
  const description = byField.get("description");
  const unplaced = rest.filter((detail) => !/^(name|description): /.test(detail));
  const isPlaced = (name || description || byLine.size > 0) && unplaced.length === 0;
  return {
    ...(name ? { name } : {}),
    ...(description ? { description } : {}),
    byLine,
    error: isPlaced ? null : { ...error, details: unplaced },
  };
}
