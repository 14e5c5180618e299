import { SenderScreen } from "~/features/workspaces/sender-screen";

export default function SenderPage() {
  return <SenderScreen />;
}
