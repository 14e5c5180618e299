import { DeliveriesScreen } from "~/features/webhook-deliveries/deliveries-screen";

export default function DeliveriesPage() {
  return <DeliveriesScreen />;
}
