import { TicketsScreen } from "~/features/support-tickets/tickets-screen";

export default function TicketsPage() {
  return <TicketsScreen />;
}
