import { useRouter } from "next/router";
import { AutomationScreen } from "~/features/automations/rule/rule-screen";

export default function AutomationPage() {
  const { id } = useRouter().query;
  return typeof id === "string" ? <AutomationScreen key={id} id={id} /> : null;
}
