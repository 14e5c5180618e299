import type { AutomationRule } from "@hustings/contracts/automations";
import { Button } from "@hustings/ui/button";
import { PageHeader } from "@hustings/ui/page-header";
import { Trash2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/router";
import { useState } from "react";
import { useWorkspacePath } from "~/client/workspace";
import { UnsavedNote } from "../../segments/builder/unsaved-note";
import { RuleSwitch } from "../rule-switch";

const DeleteRuleDialog = dynamic(() => import("./delete-rule-dialog").then((module) => module.DeleteRuleDialog), {
  ssr: false,
});

export type RuleTopProps = {
  rule: AutomationRule | null;
  isChanged: boolean;
  /** Why it cannot be saved as it stands: “Line 4 needs a number.” */
  problem: string | null;
  isBusy: boolean;
  onSave: () => void;
  onDiscard: () => void;
};

/** The rule's name with its switch and what can be done to it. */
export function RuleTop({ rule, isChanged, problem, isBusy, onSave, onDiscard }: RuleTopProps) {
  const router = useRouter();
  const toPath = useWorkspacePath();
  const [deletion, setDeletion] = useState<"closed" | "open" | null>(null);
  return (
    <PageHeader
      title={rule?.name ?? "New rule"}
      lede={
        rule
          ? "Applied to people within seconds of being added or changed, while it is on."
          : "When this is true of a person, do that. Once saved it is on, for everyone who is added or changed from then."
      }
    >
      <UnsavedNote isSaved={rule !== null && !isChanged} problem={problem} />
      {rule && <RuleSwitch rule={rule}>{rule.isActive ? "On" : "Off"}</RuleSwitch>}
      {rule && (
        <Button variant="quiet" icon={<Trash2 aria-hidden />} onClick={() => setDeletion("open")}>
          Delete…
        </Button>
      )}
      {isChanged && <Button onClick={onDiscard}>Throw changes away</Button>}
      <Button
        variant="primary"
        isBusy={isBusy}
        offReason={problem ?? (rule && !isChanged && !rule.brokenReason ? "Nothing has changed." : null)}
        onClick={onSave}
      >
        Save rule
      </Button>
      {rule && deletion && (
        <DeleteRuleDialog
          rule={rule}
          isOpen={deletion === "open"}
          onClose={() => setDeletion("closed")}
          onDeleted={() => void router.push(toPath("/automations"))}
        />
      )}
    </PageHeader>
  );
}
