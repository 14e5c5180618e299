import type { GmailContact } from "@hustings/contracts/email-connections";
import { formatCount } from "@hustings/ui/count";
import { StatusPill } from "@hustings/ui/status";
import { EmptyValue } from "@hustings/ui/table";
import { RelativeTime } from "@hustings/ui/time";
import { CircleCheck } from "lucide-react";
import { useWorkspacePath } from "~/client/workspace";
import type { DataColumn } from "~/components/data-table/column";
import { Link } from "~/components/link";
import { ChoiceSelect } from "./choice-select";

/** A contact by a link, anybody else by name or address. */
function PersonName({ person: { contactId, contactName, name, email } }: { person: GmailContact }) {
  const toPath = useWorkspacePath();
  const shown = contactName ?? name ?? email;
  if (!contactId) return <b className="block truncate">{shown}</b>;
  return (
    <Link href={toPath(`/contacts/${contactId}`)} className="block truncate font-semibold">
      {shown}
    </Link>
  );
}

const isKnown = (
  <StatusPill tone="good" icon={CircleCheck} isBare>
    In Contacts
  </StatusPill>
);

export const PEOPLE_COLUMNS: DataColumn<GmailContact>[] = [
  {
    id: "name",
    label: "Who",
    isFixed: true,
    cell: (person) => (
      <span className="block min-w-0">
        <PersonName person={person} />
      </span>
    ),
  },
  {
    id: "email",
    label: "Address",
    width: "24%",
    cell: ({ email }) => (
      <span className="block truncate" title={email}>
        {email}
      </span>
    ),
  },
  {
    id: "inCrm",
    label: "In Contacts",
    width: "130px",
    cell: ({ inCrm }) => (inCrm ? isKnown : <span className="text-muted-foreground">Not yet</span>),
  },
  {
    id: "timeline",
    label: "On the timeline",
    width: "210px",
    cell: (person) => (person.contactId ? <ChoiceSelect person={person} /> : <EmptyValue />),
  },
  {
    id: "sent",
    label: "You wrote",
    width: "90px",
    isNumeric: true,
    isWideOnly: true,
    cell: ({ sentCount }) => formatCount(sentCount),
  },
  {
    id: "received",
    label: "They wrote",
    width: "95px",
    isNumeric: true,
    isWideOnly: true,
    cell: ({ receivedCount }) => formatCount(receivedCount),
  },
  {
    id: "lastMessageAt",
    label: "Last",
    width: "150px",
    cell: ({ lastMessageAt }) => (
      <RelativeTime at={lastMessageAt} isFocusable={false} className="text-muted-foreground" />
    ),
  },
];

export function PersonPhoneRow({ person }: { person: GmailContact }) {
  return (
    <div className="min-w-0">
      <span className="flex items-baseline gap-2">
        <span className="min-w-0 flex-1">
          <PersonName person={person} />
        </span>
        <RelativeTime at={person.lastMessageAt} isFocusable={false} className="text-xs text-muted-foreground" />
      </span>
      <span className="block truncate text-sm text-muted-foreground">{person.email}</span>
      {person.inCrm && isKnown}
    </div>
  );
}
