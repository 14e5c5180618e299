import type { User } from "@hustings/contracts/users";
import { Fragment } from "react";
import { Link } from "~/components/link";
import { roleWord } from "../members/roles";

/** Where somebody is a member and as what; each leads to where that is changed. */
export function Memberships({ user }: { user: User }) {
  if (user.memberships.length === 0)
    return <span className="text-muted-foreground">{user.isAdmin ? "All, as global admin" : "None yet"}</span>;
  return (
    <span className="block truncate" title={user.memberships.map(toWords).join(", ")}>
      {user.memberships.map((membership, index) => (
        <Fragment key={membership.workspaceId}>
          {index > 0 && ", "}
          <Link href={`/w/${membership.slug}/settings/members`} className="link">
            {membership.name}
          </Link>
          {` (${roleWord(membership.role).toLowerCase()})`}
        </Fragment>
      ))}
    </span>
  );
}

const toWords = ({ name, role }: User["memberships"][number]) => `${name} (${roleWord(role).toLowerCase()})`;
