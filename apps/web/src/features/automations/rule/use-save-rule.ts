import type { AutomationRule } from "@hustings/contracts/automations";
import { notifyDone } from "@hustings/ui/toast";
import { useRouter } from "next/router";
import { useState } from "react";
import { readCallError } from "~/client/errors";
import { trpc } from "~/client/trpc";
import { useWorkspacePath } from "~/client/workspace";
import type { Catalog } from "../../segments/builder/draft";
import { type SaveRefusal, toSaveRefusal } from "../../segments/builder/save-refusal";
import { type RuleDraft, splitConfigDetails, toConfig } from "./draft";

/** Saves the draft; a new one gets its address. What the server refuses is sorted to where it belongs. */
export function useSaveRule(rule: AutomationRule | null, catalog: Catalog, onSaved: (saved: AutomationRule) => void) {
  const utils = trpc.useUtils();
  const router = useRouter();
  const toPath = useWorkspacePath();
  const create = trpc.automations.create.useMutation();
  const update = trpc.automations.update.useMutation();
  const [refusal, setRefusal] = useState<SaveRefusal | null>(null);

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
      const error = readCallError(thrown);
      const { byLine, rest } = splitConfigDetails(error.details, keys);
      setRefusal(toSaveRefusal(error, byLine, rest));
    }
  };
  return { save, isBusy: create.isPending || update.isPending, refusal, forget: () => setRefusal(null) };
}
