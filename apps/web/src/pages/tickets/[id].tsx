import { useRouter } from "next/router";
import { FrontDoor } from "~/features/workspaces/front-door";

/** What mails link to: whoever reads one may be in any workspace. */
export default function TicketLinkPage() {
  const { id } = useRouter().query;
  return typeof id === "string" ? <FrontDoor path={`/tickets/${encodeURIComponent(id)}`} /> : null;
}
