import type { AutomationDryRun, AutomationRule } from "@hustings/contracts/automations";
import { Button } from "@hustings/ui/button";
import { ConfirmDialog } from "@hustings/ui/confirm-dialog";
import { formatCountOf } from "@hustings/ui/count";
import { notifyDone } from "@hustings/ui/toast";
import { Play } from "lucide-react";
import { useState } from "react";
import { trpc } from "~/client/trpc";
import { QueryError } from "~/components/query-error";

const people = (count: number) => formatCountOf(count, "person", "people");

/** Applies the saved rule to everybody who matches now, after saying how many would change. */
export function RunButton({
  rule,
  dryRun,
  offReason,
}: {
  rule: AutomationRule;
  /** Null while it is counted. */
  dryRun: AutomationDryRun | null;
  offReason: string | null;
}) {
  const utils = trpc.useUtils();
  const [isOpen, setOpen] = useState(false);
  const run = trpc.automations.run.useMutation({
    onSuccess: async ({ affected, status }) => {
      setOpen(false);
      notifyDone(
        status === "completed" ? `Changed ${people(affected)}` : `At work on ${people(affected)}; see “Runs by hand”`,
      );
      await utils.automations.invalidate();
    },
  });
  const count = dryRun?.wouldChange ?? 0;
  return (
    <>
      <Button
        size="sm"
        className="mt-3"
        icon={<Play aria-hidden />}
        isBusy={run.isPending}
        offReason={offReason ?? (dryRun && count === 0 ? "Nobody would change." : null)}
        onClick={() => setOpen(true)}
      >
        Run it now…
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        onOpenChange={setOpen}
        title={`Run “${rule.name}” now?`}
        confirmLabel={dryRun ? `Change ${people(count)}` : "Run it now"}
        keepLabel="Leave them as they are"
        icon={<Play aria-hidden />}
        isBusy={run.isPending}
        onConfirm={() => run.mutate({ id: rule.id })}
        error={run.error && <QueryError title="The rule did not run." error={run.error} safe={null} />}
      >
        {dryRun && `${people(dryRun.matched)} match, and ${people(count)} would change. `}
        What stood in a field before is kept in the history of the rule, and is not put back by itself.
      </ConfirmDialog>
    </>
  );
}
