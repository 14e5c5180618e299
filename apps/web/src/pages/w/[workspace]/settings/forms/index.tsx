import { FormsScreen } from "~/features/forms/forms-screen";

export default function FormsPage() {
  return <FormsScreen />;
}
