import type { Contact } from "@hustings/contracts/contacts";
import { ConfirmDialog } from "@hustings/ui/confirm-dialog";
import { notifyDone } from "@hustings/ui/toast";
import { useRouter } from "next/router";
import { trpc } from "~/client/trpc";
import { useSession, useWorkspacePath } from "~/client/workspace";
import { QueryError } from "~/components/query-error";
import { contactName } from "../contact-name";
import { whatIsLost } from "../list/bulk-delete-dialog";

type DeletePersonDialogProps = { contact: Contact; isOpen: boolean; onClose: () => void };

/** Asks before a person goes, and says from where. */
export function DeletePersonDialog({ contact, isOpen, onClose }: DeletePersonDialogProps) {
  const router = useRouter();
  const toPath = useWorkspacePath();
  const { isGlobalAdmin } = useSession();
  const utils = trpc.useUtils();
  const remove = trpc.contacts.delete.useMutation({
    onSuccess: async () => {
      await router.replace(toPath("/contacts"));
      await Promise.all([utils.contacts.list.invalidate(), utils.tags.invalidate()]);
      notifyDone(`Deleted ${contactName(contact)}`);
    },
  });
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      title={`Delete ${contactName(contact)}?`}
      confirmLabel={isGlobalAdmin ? "Delete everywhere" : "Delete from this workspace"}
      keepLabel="Keep this person"
      isBusy={remove.isPending}
      onConfirm={() => remove.mutate({ id: contact.id })}
      error={remove.error && <QueryError title="The person was not deleted." error={remove.error} className="mt-3" />}
    >
      {whatIsLost(isGlobalAdmin)}
    </ConfirmDialog>
  );
}
