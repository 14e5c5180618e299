import { useRouter } from "next/router";
import { MailboxPeopleScreen } from "~/features/my-email/mailbox-people-screen";

export default function MailboxPeoplePage() {
  const { id } = useRouter().query;
  return typeof id === "string" ? <MailboxPeopleScreen key={id} id={id} /> : null;
}
