import type { Member } from "@hustings/contracts/workspaces";
import { ConfirmDialog } from "@hustings/ui/confirm-dialog";
import { notifyDone } from "@hustings/ui/toast";
import { UserMinus } from "lucide-react";
import { trpc } from "~/client/trpc";
import { useWorkspace } from "~/client/workspace";
import { QueryError } from "~/components/query-error";

/** Asks before a membership ends. */
export function RemoveMemberDialog({
  member,
  isOpen,
  onClose,
}: {
  member: Member;
  isOpen: boolean;
  onClose: () => void;
}) {
  const workspace = useWorkspace();
  const utils = trpc.useUtils();
  const remove = trpc.workspaces.members.remove.useMutation({
    onSuccess: async () => {
      await utils.workspaces.members.invalidate();
      onClose();
      notifyDone(`${member.name} is no longer a member`);
    },
  });
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      title={`Remove ${member.name} from ${workspace.name}?`}
      confirmLabel={`Remove ${member.name}`}
      keepLabel={`Keep ${member.name}`}
      icon={<UserMinus aria-hidden />}
      isBusy={remove.isPending}
      onConfirm={() => remove.mutate({ id: workspace.id, userId: member.userId })}
      error={remove.error && <QueryError title={`${member.name} was not removed.`} error={remove.error} safe={null} />}
    >
      {member.name} no longer gets in here, and keys {member.name} made do nothing here any more. What {member.name}{" "}
      wrote stays. Inviting again brings the access back.
    </ConfirmDialog>
  );
}
