import { formatCount } from "@hustings/ui/count";
import { RelativeTime } from "@hustings/ui/time";
import { trpc } from "~/client/trpc";

/** How many campaigns a person got, and what they did with them. */
export function EmailsTo({ contactId, who }: { contactId: string; who: string }) {
  const { data } = trpc.contacts.emailFigures.useQuery({ id: contactId });
  if (!data) return null;
  return (
    <section className="mt-5 text-sm">
      <h3 className="mb-1">Emails to {who}</h3>
      {data.lastSentAt === null ? (
        <p>None yet.</p>
      ) : (
        <p>
          <b>{formatCount(data.sent)}</b> sent, <b>{formatCount(data.opened)}</b> opened,{" "}
          <b>{formatCount(data.clicked)}</b> clicked. The last one <RelativeTime at={data.lastSentAt} isInSentence />.
        </p>
      )}
    </section>
  );
}
