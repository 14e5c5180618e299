import type { EmailConnection, UpdateEmailConnectionInput } from "@hustings/contracts/email-connections";
import { Field } from "@hustings/ui/field";
import { Select } from "@hustings/ui/select";
import { Switch } from "@hustings/ui/switch";
import { notifyFailed } from "@hustings/ui/toast";
import { readCallError } from "~/client/errors";
import { trpc } from "~/client/trpc";
import { useSession } from "~/client/workspace";

/** Of the list of workspaces: none of them. */
const NONE = "none";

/** What the account adds to timelines, unless something else is chosen for a person. Each choice acts at once. */
export function MailboxChoices({ mailbox }: { mailbox: EmailConnection }) {
  const { workspaces } = useSession();
  const utils = trpc.useUtils();
  const update = trpc.emailConnections.update.useMutation({
    onMutate: async ({ targetWorkspaceId, ...choices }) => {
      // An answer that is on its way tells of the time before.
      await utils.emailConnections.list.cancel();
      utils.emailConnections.list.setData({}, (before) =>
        before?.map((one) =>
          one.id === mailbox.id
            ? { ...one, ...choices, ...(targetWorkspaceId === undefined ? {} : { workspaceId: targetWorkspaceId }) }
            : one,
        ),
      );
    },
    onError: (thrown) => notifyFailed(readCallError(thrown).message),
    onSettled: () => utils.emailConnections.list.invalidate(),
  });
  const change = (choices: Omit<UpdateEmailConnectionInput, "id">) => update.mutate({ id: mailbox.id, ...choices });
  const writable = workspaces.filter(({ role }) => role !== "viewer");
  return (
    <div className="grid gap-3">
      <Switch
        checked={mailbox.syncInteractions}
        onChange={(event) => change({ syncInteractions: event.target.checked })}
        hint="When off, no new emails are added; those that are there stay."
      >
        Show my emails with contacts on their timelines
      </Switch>
      <Switch
        checked={mailbox.interactionsVisible}
        onChange={(event) => change({ interactionsVisible: event.target.checked })}
        hint="When off, colleagues see that we wrote and when, but not what. Hustings then keeps no words."
      >
        With subject and first words
      </Switch>
      <Field label="On the timelines of" className="max-w-80">
        <Select
          value={mailbox.workspaceId ?? NONE}
          onValueChange={(value) => change({ targetWorkspaceId: value === NONE ? null : value })}
          options={[
            ...writable.map(({ id, name }) => ({ value: id, label: name })),
            { value: NONE, label: "No workspace" },
          ]}
        />
      </Field>
    </div>
  );
}
