import { NewAutomationScreen } from "~/features/automations/rule/rule-screen";

export default function NewAutomationPage() {
  return <NewAutomationScreen />;
}
