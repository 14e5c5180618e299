import { SandboxScreen } from "~/features/sandbox/sandbox-screen";

export default function SandboxPage() {
  return <SandboxScreen />;
}
