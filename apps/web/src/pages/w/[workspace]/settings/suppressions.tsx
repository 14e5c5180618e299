import { SuppressionsScreen } from "~/features/suppressions/suppressions-screen";

export default function SuppressionsPage() {
  return <SuppressionsScreen />;
}
