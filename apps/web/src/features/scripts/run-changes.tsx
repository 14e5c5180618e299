import type { AuditEntry } from "@hustings/contracts/audit";
import { formatCountOf } from "@hustings/ui/count";
import { SkeletonRows } from "@hustings/ui/skeleton";
import { useState } from "react";
import { trpc } from "~/client/trpc";
import { useWorkspacePath } from "~/client/workspace";
import { Link } from "~/components/link";
import { NewerOlder } from "~/components/newer-older";
import { QueryError } from "~/components/query-error";
import { contactName } from "../contacts/contact-name";

const PAGE_SIZE = 50;

/** What was done; whom or what to stands after it. */
const WORDS: Record<string, string> = {
  "contacts.create": "Added",
  "contacts.link": "Took in",
  "contacts.update": "Changed",
  "contacts.unlink": "Deleted",
  "contacts.erase": "Deleted everywhere",
  "contacts.tag": "Tagged",
  "contacts.untag": "Took a tag off",
  "interactions.create": "Noted an interaction with",
  "interactions.delete": "Deleted an interaction",
  "tags.create": "Made the tag",
  "tags.update": "Changed the tag",
  "tags.delete": "Deleted a tag",
  "fields.create": "Made the field",
  "fields.update": "Changed the field",
  "fields.delete": "Deleted the field",
  "campaigns.create": "Drafted",
  "campaigns.send": "Sent",
  "campaigns.schedule": "Scheduled",
};

/** What a run has changed, as the audit has it, newest first; `changes` counts its calls that might have. */
export function RunChanges({ runId, changes }: { runId: string; changes: number }) {
  const [page, setPage] = useState(1);
  const query = trpc.audit.list.useQuery(
    { scriptRunId: runId, page, pageSize: PAGE_SIZE },
    { placeholderData: (before) => before },
  );
  if (query.error && !query.data)
    return <QueryError title="The changes did not load." error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <SkeletonRows label="Loading the changes" rows={3} />;
  const { entries, total } = query.data;
  const isLast = page * PAGE_SIZE >= total;
  return (
    <section aria-label="What it changed" className="text-sm">
      <h3 className="mb-1 font-semibold text-muted-foreground">What it changed</h3>
      <ol className="grid gap-1">
        {entries.map((entry) => (
          <li key={entry.id} className="wrap-anywhere">
            <Change {...entry} />
          </li>
        ))}
      </ol>
      {changes > total && (
        <p className="mt-1 text-muted-foreground">
          {formatCountOf(changes - total, "call")} changed nothing: it was so before.
        </p>
      )}
      {(page > 1 || !isLast) && (
        <div className="mt-2 flex items-center gap-2">
          <NewerOlder isFirst={page === 1} isLast={isLast} onTurn={(by) => setPage(page + by)} />
          <span className="text-muted-foreground">{formatCountOf(total, "change")}</span>
        </div>
      )}
    </section>
  );
}

function Change({ action, targetType, targetId, details }: AuditEntry) {
  const toPath = useWorkspacePath();
  const { name, fields, contactId } = details as { name?: string; fields?: string[]; contactId?: string };
  const contact = targetType === "contact" ? targetId : contactId;
  return (
    <>
      {WORDS[action] ?? action} {contact && <ContactLink id={contact} />}
      {targetType === "campaign" ? (
        <Link href={toPath(`/campaigns/${targetId}`)} className={LINK}>
          {name ?? "the campaign"}
        </Link>
      ) : (
        name
      )}
      {fields && `: ${fields.map((field) => field.replace(/^customFields\./, "")).join(", ")}`}
    </>
  );
}

const LINK = "rounded-sm underline underline-offset-3";

/** Asked for one by one, answered in one batch; the audit keeps no names of people. */
function ContactLink({ id }: { id: string }) {
  const toPath = useWorkspacePath();
  const contact = trpc.contacts.get.useQuery({ id }, { retry: false });
  if (contact.error) return "somebody who is not here any more";
  return (
    <Link href={toPath(`/contacts/${id}`)} className={LINK}>
      {contact.data ? contactName(contact.data) : "a contact"}
    </Link>
  );
}
