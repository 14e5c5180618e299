import { Button } from "@hustings/ui/button";
import { notifyDone, notifyFailed } from "@hustings/ui/toast";
import { FlaskConical, Send } from "lucide-react";
import { readCallError } from "~/client/errors";
import { trpc } from "~/client/trpc";
import { useIsSandbox, useSession } from "~/client/workspace";
import type { Reader } from "./preview-pane";

/** Sends what stands in the editor to oneself; blue while the sandbox catches it. */
export function TestButton({
  campaignId,
  reader,
  flush,
  offReason,
}: {
  campaignId: string;
  reader: Reader | undefined;
  flush: () => Promise<boolean>;
  offReason: string | null;
}) {
  const { user } = useSession();
  const isSandbox = useIsSandbox();
  const preview = trpc.campaigns.preview.useMutation({
    onSuccess: () => notifyDone(isSandbox ? "The sandbox caught a test to you" : `Sent a test to ${user.email}`),
    onError: (error) => notifyFailed(`The test was not sent. ${readCallError(error).message}`),
  });
  const send = async () => {
    if (!(await flush()))
      return notifyFailed("The test was not sent: what you wrote is not saved yet. The line above says why.");
    preview.mutate({ id: campaignId, email: user.email, ...(reader ? { contactId: reader.id } : {}) });
  };
  return (
    <Button
      variant={isSandbox ? "sandbox" : "test"}
      icon={isSandbox ? <FlaskConical aria-hidden /> : <Send aria-hidden />}
      isBusy={preview.isPending}
      offReason={offReason}
      onClick={() => void send()}
    >
      {isSandbox ? "Send a test to the sandbox" : "Send a test to me"}
    </Button>
  );
}
