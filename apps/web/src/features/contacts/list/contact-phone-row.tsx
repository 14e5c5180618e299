import type { Contact, ContactOverview } from "@hustings/contracts/contacts";
import { TagList } from "@hustings/ui/tag";
import { RelativeTime } from "@hustings/ui/time";
import { Link } from "~/components/link";
import { fullName } from "../contact-name";

/** A person on a phone: name and when, address, then tags or the last thing. */
export function ContactPhoneRow({
  contact,
  overview,
  href,
}: {
  contact: Contact;
  overview: ContactOverview | undefined;
  href: string;
}) {
  const name = fullName(contact);
  return (
    <>
      <span className="flex items-baseline gap-2">
        <Link
          href={href}
          className={name ? "min-w-0 flex-1 truncate font-semibold" : "min-w-0 flex-1 truncate text-muted-foreground"}
        >
          {name ?? "No name"}
        </Link>
        {overview?.lastActivity && (
          <RelativeTime at={overview.lastActivity.at} isFocusable={false} className="text-xs text-muted-foreground" />
        )}
      </span>
      <span className="block truncate text-sm text-muted-foreground">{contact.email ?? "No email"}</span>
      {overview && overview.tags.length > 0 ? (
        <TagList tags={overview.tags} />
      ) : (
        overview?.lastActivity && (
          <span className="block truncate text-xs text-muted-foreground">{overview.lastActivity.label}</span>
        )
      )}
    </>
  );
}
