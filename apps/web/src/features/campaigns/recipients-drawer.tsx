import type { EmailOutcome } from "@hustings/contracts/campaign-recipients";
import { formatCountOf } from "@hustings/ui/count";
import { Drawer } from "@hustings/ui/drawer";
import { EmptyState } from "@hustings/ui/empty-state";
import { SkeletonRows } from "@hustings/ui/skeleton";
import { useState } from "react";
import { trpc } from "~/client/trpc";
import { QueryError } from "~/components/query-error";
import { PersonRow } from "./person-row";
import { PageButtons } from "./preflight/audience-drawer";

const PAGE_SIZE = 50;
const TITLE: Record<EmailOutcome, string> = {
  queued: "Who is waiting",
  sent: "Whose email left",
  skipped: "Who was skipped",
  failed: "Whose email failed",
  unknown: "Where nobody can say",
  delivered: "Who it reached",
  opened: "Who opened it, machines included",
  clicked: "Who clicked, machines included",
  bounced: "Where it bounced",
  complained: "Who marked it as spam",
  unsubscribed: "Who unsubscribed",
  verifiedOpened: "Who opened it",
  verifiedClicked: "Who clicked",
};

export type RecipientsDrawerProps = {
  campaignId: string;
  outcome: EmailOutcome;
  /** Only those who clicked it. */
  link?: string | undefined;
  total: number;
  isOpen: boolean;
  onClose: () => void;
};

/** The recipients behind one number of the progress or the report. */
export function RecipientsDrawer({ campaignId, outcome, link, total, isOpen, onClose }: RecipientsDrawerProps) {
  return (
    <Drawer isOpen={isOpen} onOpenChange={(open) => !open && onClose()} title={TITLE[outcome]}>
      {link && <p className="mb-2 text-sm wrap-anywhere text-muted-foreground">{link}</p>}
      <Recipients key={`${outcome} ${link}`} campaignId={campaignId} outcome={outcome} link={link} total={total} />
    </Drawer>
  );
}

function Recipients({ campaignId, outcome, link, total }: Omit<RecipientsDrawerProps, "isOpen" | "onClose">) {
  const [page, setPage] = useState(1);
  const query = trpc.campaigns.emails.useQuery(
    { id: campaignId, outcome, ...(link ? { link } : {}), limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE },
    { placeholderData: (before) => before },
  );
  const emails = query.data;
  if (!emails)
    return query.error ? (
      <QueryError title="The people did not load." error={query.error} onRetry={() => void query.refetch()} />
    ) : (
      <SkeletonRows label="Loading people" rows={8} />
    );
  if (emails.length === 0) return <EmptyState title="Nobody any more" />;
  return (
    <>
      <p role="status" className="mb-2 text-sm text-muted-foreground">
        {formatCountOf(total, "person", "people")}
      </p>
      <ul aria-label="People" aria-busy={query.isFetching} className="-mx-5 border-t border-border max-md:-mx-3.5">
        {emails.map((email) => (
          <PersonRow
            key={email.id}
            campaignId={campaignId}
            contactId={email.contactId}
            name={email.email ?? "Erased"}
            status={email.status}
            note={email.error}
          />
        ))}
      </ul>
      <PageButtons page={page} hasNext={page * PAGE_SIZE < total} onPage={setPage} />
    </>
  );
}
