import { Button } from "@hustings/ui/button";
import { Card } from "@hustings/ui/card";
import { EmptyState } from "@hustings/ui/empty-state";
import { Note } from "@hustings/ui/note";
import { PageHeader } from "@hustings/ui/page-header";
import { SkeletonRows } from "@hustings/ui/skeleton";
import { Mail, Plus } from "lucide-react";
import { trpc } from "~/client/trpc";
import { Screen } from "~/components/frame/screen";
import { QueryError } from "~/components/query-error";
import { ConnectOutcomeNote } from "./connect-outcome";
import { CONNECT_PATH } from "./connect-path";
import { MailboxCard } from "./mailbox-card";
import { useMailboxes } from "./use-mailboxes";

/** One's own Gmail accounts: what they add to timelines, and whether they are read. */
export function MyEmailScreen() {
  const mailboxes = useMailboxes();
  const setup = trpc.emailConnections.setup.useQuery();
  const isConfigured = setup.data?.isConfigured ?? false;
  const connect = (label: string, isMain: boolean) => (
    <Button asChild variant={isMain ? "primary" : "plain"} icon={isMain ? <Mail aria-hidden /> : <Plus aria-hidden />}>
      <a href={CONNECT_PATH}>{label}</a>
    </Button>
  );
  const isEmpty = mailboxes.data?.length === 0;
  return (
    <Screen title="My email">
      <PageHeader
        title="My email"
        lede="Your own Gmail, read so that timelines tell when you wrote with somebody. Nothing is sent from it, and nobody but you sees this page."
      >
        {isConfigured && isEmpty === false && connect("Connect another", false)}
      </PageHeader>
      <ConnectOutcomeNote />
      {mailboxes.error && !mailboxes.data ? (
        <QueryError
          title="Your accounts did not load."
          error={mailboxes.error}
          onRetry={() => void mailboxes.refetch()}
        />
      ) : !mailboxes.data || !setup.data ? (
        <Card>
          <SkeletonRows rows={3} label="Loading your accounts" />
        </Card>
      ) : (
        <div className="grid gap-4">
          {!isConfigured && !isEmpty && (
            <Note tone="bad">Gmail is not set up on this server any more: nothing is read. What is here stays.</Note>
          )}
          {mailboxes.data.map((mailbox) => (
            <MailboxCard key={mailbox.id} mailbox={mailbox} />
          ))}
          {isEmpty && (
            <Card>
              {isConfigured ? (
                <EmptyState icon={Mail} title="No account yet" actions={connect("Connect Gmail", true)}>
                  Google asks whether Hustings may read your email. Emails with people in Contacts then show on their
                  timelines, without subject and words until you say otherwise.
                </EmptyState>
              ) : (
                <EmptyState icon={Mail} title="Gmail is not set up on this server">
                  Whoever runs Hustings makes an OAuth client at Google with the redirect address{" "}
                  <code className="wrap-anywhere">{setup.data.redirectUri}</code> and sets GMAIL_CLIENT_ID and
                  GMAIL_CLIENT_SECRET.
                </EmptyState>
              )}
            </Card>
          )}
        </div>
      )}
    </Screen>
  );
}
