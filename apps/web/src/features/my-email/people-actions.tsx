import { BulkAction } from "@hustings/ui/bulk-bar";
import { formatCount, formatCountOf } from "@hustings/ui/count";
import { notifyDone, notifyFailed } from "@hustings/ui/toast";
import { MessageSquare, UserPlus } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { readCallError } from "~/client/errors";
import { useNotAllowedReason } from "~/client/role";
import { trpc } from "~/client/trpc";
import type { SelectionControl } from "~/components/data-table/selection";

const ChoiceDialog = dynamic(() => import("./choice-dialog").then((module) => module.ChoiceDialog), { ssr: false });

/** What one call takes. */
const MAX = 1_000;

/** Makes contacts of the chosen people, or chooses what shows on the timelines of those who are. */
export function PeopleActions({ connectionId, selection }: { connectionId: string; selection: SelectionControl }) {
  const utils = trpc.useUtils();
  const [isChoosing, setChoosing] = useState<boolean | null>(null);
  const notAllowed = useNotAllowedReason("member", "add people");
  const importing = trpc.emailConnections.importContacts.useMutation({
    onSuccess: async ({ imported }) => {
      selection.clear();
      notifyDone(
        imported === 0
          ? "All of them were in Contacts already"
          : `Added ${formatCountOf(imported, "person", "people")}. Their earlier emails follow`,
      );
      await Promise.all([utils.emailConnections.invalidate(), utils.contacts.invalidate()]);
    },
    onError: (thrown) => notifyFailed(readCallError(thrown).message),
  });
  const ids = [...selection.ids];
  const emails = ids.filter((id) => id.includes("@"));
  const contactIds = ids.filter((id) => !id.includes("@"));
  const tooMany = selection.isAllMatching
    ? "Choose people one by one, or a page at a time"
    : ids.length > MAX && `Choose at most ${formatCount(MAX)}`;
  return (
    <>
      <BulkAction
        icon={<UserPlus aria-hidden />}
        isBusy={importing.isPending}
        offReason={notAllowed || tooMany || (emails.length === 0 && "They are in Contacts already")}
        onClick={() => importing.mutate({ id: connectionId, emails })}
      >
        Add to Contacts
      </BulkAction>
      <BulkAction
        icon={<MessageSquare aria-hidden />}
        offReason={tooMany || (contactIds.length === 0 && "Add them to Contacts first")}
        onClick={() => setChoosing(true)}
      >
        <span className="max-md:sr-only">On timelines…</span>
      </BulkAction>
      {isChoosing !== null && (
        <ChoiceDialog
          contactIds={contactIds}
          isOpen={isChoosing}
          onClose={() => setChoosing(false)}
          onDone={selection.clear}
        />
      )}
    </>
  );
}
