import type { AutomationRule } from "@hustings/contracts/automations";
import { Switch } from "@hustings/ui/switch";
import { notifyDone, notifyFailed } from "@hustings/ui/toast";
import type { ReactNode } from "react";
import { readCallError } from "~/client/errors";
import { trpc } from "~/client/trpc";

/** Whether a rule looks at people by itself; acts at once. */
export function RuleSwitch({ rule, children }: { rule: AutomationRule; children?: ReactNode }) {
  const utils = trpc.useUtils();
  const update = trpc.automations.update.useMutation({
    onSuccess: async (saved) => {
      utils.automations.get.setData({ id: saved.id }, saved);
      await utils.automations.list.invalidate();
      notifyDone(saved.isActive ? `“${saved.name}” is on` : `“${saved.name}” is off`);
    },
    onError: (error) => notifyFailed(readCallError(error).message),
  });
  const isOn = update.isPending ? update.variables.isActive === true : rule.isActive;
  return (
    <Switch
      aria-label={children ? undefined : `${rule.name} is on`}
      checked={isOn}
      onChange={(event) => update.mutate({ id: rule.id, isActive: event.target.checked })}
    >
      {children}
    </Switch>
  );
}
