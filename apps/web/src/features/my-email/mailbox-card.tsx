import type { EmailConnection } from "@hustings/contracts/email-connections";
import { Button } from "@hustings/ui/button";
import { Card, CardBody, CardHeader } from "@hustings/ui/card";
import { notifyFailed } from "@hustings/ui/toast";
import { RefreshCw, Unplug, Users } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { readCallError } from "~/client/errors";
import { trpc } from "~/client/trpc";
import { useWorkspacePath } from "~/client/workspace";
import { Link } from "~/components/link";
import { MailboxChoices } from "./mailbox-choices";
import { MailboxState, MailboxStatus } from "./mailbox-state";

const DisconnectDialog = dynamic(() => import("./disconnect-dialog").then((module) => module.DisconnectDialog), {
  ssr: false,
});

/** One account: how it is read, what it adds, and the way out. */
export function MailboxCard({ mailbox }: { mailbox: EmailConnection }) {
  const toPath = useWorkspacePath();
  const utils = trpc.useUtils();
  const [isLeaving, setLeaving] = useState<boolean | null>(null);
  const refresh = trpc.emailConnections.refresh.useMutation({
    onSuccess: () => utils.emailConnections.list.invalidate(),
    onError: (thrown) => notifyFailed(readCallError(thrown).message),
  });
  const isWorking = mailbox.syncState !== "idle";
  return (
    <Card aria-label={mailbox.email}>
      <CardHeader title={<span className="wrap-anywhere">{mailbox.email}</span>}>
        <MailboxStatus mailbox={mailbox} />
      </CardHeader>
      <CardBody className="grid gap-4">
        <MailboxState mailbox={mailbox} />
        <MailboxChoices mailbox={mailbox} />
        <div className="flex flex-wrap gap-2">
          <Button asChild icon={<Users aria-hidden />}>
            <Link href={toPath(`/my-email/${mailbox.id}`)}>People in this mailbox</Link>
          </Button>
          {mailbox.status === "connected" && (
            <Button
              icon={<RefreshCw aria-hidden />}
              isBusy={refresh.isPending}
              offReason={isWorking && "It is being read already"}
              onClick={() => refresh.mutate({ id: mailbox.id })}
            >
              Read now
            </Button>
          )}
          <Button variant="quiet" icon={<Unplug aria-hidden />} onClick={() => setLeaving(true)}>
            Disconnect…
          </Button>
        </div>
      </CardBody>
      {isLeaving !== null && (
        <DisconnectDialog mailbox={mailbox} isOpen={isLeaving} onClose={() => setLeaving(false)} />
      )}
    </Card>
  );
}
