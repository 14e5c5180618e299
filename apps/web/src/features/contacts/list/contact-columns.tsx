import type { Contact } from "@hustings/contracts/contacts";
import type { FieldDefinition } from "@hustings/contracts/fields";
import { Avatar } from "@hustings/ui/avatar";
import { Skeleton } from "@hustings/ui/skeleton";
import { EmptyValue } from "@hustings/ui/table";
import { TagList } from "@hustings/ui/tag";
import { RelativeTime } from "@hustings/ui/time";
import type { ReactNode } from "react";
import type { DataColumn } from "~/components/data-table/column";
import { Link } from "~/components/link";
import { formatFieldValue } from "../../fields/field-value";
import { fullName } from "../contact-name";
import { CanEmail } from "./can-email";
import type { FindOverview } from "./use-overviews";

type Options = {
  toHref: (contact: Contact) => string;
  findOverview: FindOverview;
  fields: readonly FieldDefinition[];
};

/** The list's columns; custom fields are among them, hidden until somebody wants them. */
export function createContactColumns({ toHref, findOverview, fields }: Options): DataColumn<Contact>[] {
  const withOverview = (show: (overview: NonNullable<ReturnType<FindOverview>>) => ReactNode) => (contact: Contact) => {
    const overview = findOverview(contact);
    return overview ? show(overview) : <Skeleton className="w-2/3" />;
  };
  return [
    {
      id: "name",
      label: "Name",
      sort: "firstName",
      isFixed: true,
      width: "16%",
      cell: (contact) => <NameCell contact={contact} href={toHref(contact)} />,
    },
    {
      id: "email",
      label: "Email",
      sort: "email",
      width: "16%",
      cell: ({ email }) => (email ? <span title={email}>{email}</span> : <EmptyValue>No email</EmptyValue>),
    },
    { id: "tags", label: "Tags", width: "17.5%", cell: withOverview(({ tags }) => <TagList tags={tags} />) },
    {
      id: "lastActivity",
      label: "Last thing",
      cell: withOverview(({ lastActivity }) =>
        lastActivity ? (
          <span title={lastActivity.label}>{lastActivity.label}</span>
        ) : (
          <EmptyValue>Nothing yet</EmptyValue>
        ),
      ),
    },
    {
      id: "lastActivityAt",
      label: "When",
      width: "124px",
      cell: withOverview(({ lastActivity }) => (
        <RelativeTime at={lastActivity?.at} isFocusable={false} className="text-muted-foreground" />
      )),
    },
    {
      id: "emailability",
      label: "Can email",
      width: "112px",
      cell: withOverview(({ emailability }) => <CanEmail value={emailability} />),
    },
    {
      id: "createdAt",
      label: "Joined",
      sort: "createdAt",
      width: "140px",
      isWideOnly: true,
      cell: ({ createdAt }) => <RelativeTime at={createdAt} isFocusable={false} className="text-muted-foreground" />,
    },
    {
      id: "updatedAt",
      label: "Changed",
      sort: "updatedAt",
      width: "132px",
      isHiddenAtFirst: true,
      cell: ({ updatedAt }) => <RelativeTime at={updatedAt} isFocusable={false} className="text-muted-foreground" />,
    },
    {
      id: "language",
      label: "Language",
      width: "96px",
      isHiddenAtFirst: true,
      cell: ({ language }) => language ?? <EmptyValue />,
    },
    ...fields.map(toFieldColumn),
  ];
}

function NameCell({ contact, href }: { contact: Contact; href: string }) {
  const name = fullName(contact);
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      <Avatar name={name} />
      <Link
        href={href}
        title={name ?? undefined}
        className={name ? "truncate rounded-sm font-semibold" : "truncate rounded-sm text-muted-foreground"}
      >
        {name ?? "No name"}
      </Link>
    </span>
  );
}

const toFieldColumn = ({ name, label, fieldType }: FieldDefinition): DataColumn<Contact> => ({
  id: `field-${name}`,
  label,
  isNumeric: fieldType === "number",
  width: "140px",
  isHiddenAtFirst: true,
  cell: ({ customFields }) => {
    const value = customFields[name];
    if (!value) return <EmptyValue />;
    const text = formatFieldValue(fieldType, value);
    return <span title={text}>{text}</span>;
  },
});
