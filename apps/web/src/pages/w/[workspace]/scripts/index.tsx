import { ScriptsScreen } from "~/features/scripts/scripts-screen";

export default function ScriptsPage() {
  return <ScriptsScreen />;
}
