import type { Script } from "@hustings/contracts/scripts";
import { Button } from "@hustings/ui/button";
import { ConfirmDialog } from "@hustings/ui/confirm-dialog";
import { notifyDone } from "@hustings/ui/toast";
import { useRouter } from "next/router";
import { useState } from "react";
import { trpc } from "~/client/trpc";
import { useWorkspacePath } from "~/client/workspace";
import { QueryError } from "~/components/query-error";

/** Deletes a script, after saying what goes with it. */
export function DeleteScript({ script }: { script: Script }) {
  const router = useRouter();
  const toPath = useWorkspacePath();
  const utils = trpc.useUtils();
  const [isOpen, setIsOpen] = useState(false);
  const remove = trpc.scripts.delete.useMutation({
    onSuccess: async () => {
      await router.push(toPath("/scripts"));
      await utils.scripts.invalidate();
      notifyDone(`Deleted the script ${script.name}`);
    },
  });
  return (
    <>
      <Button variant="quiet" onClick={() => setIsOpen(true)}>
        Delete…
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        onOpenChange={setIsOpen}
        title={`Delete the script “${script.name}”?`}
        confirmLabel="Delete the script"
        keepLabel="Keep it"
        isBusy={remove.isPending}
        error={remove.error && <QueryError title="The script was not deleted." error={remove.error} />}
        onConfirm={() => remove.mutate({ id: script.id })}
      >
        Its code and the history of its runs go. What it has changed stays.
      </ConfirmDialog>
    </>
  );
}
