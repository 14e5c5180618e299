import { AutomationsScreen } from "~/features/automations/list/automations-screen";

export default function AutomationsPage() {
  return <AutomationsScreen />;
}
