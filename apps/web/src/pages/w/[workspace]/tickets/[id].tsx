import { useRouter } from "next/router";
import { TicketScreen } from "~/features/support-tickets/ticket-screen";

export default function TicketPage() {
  const { id } = useRouter().query;
  return typeof id === "string" ? <TicketScreen key={id} id={id} /> : null;
}
