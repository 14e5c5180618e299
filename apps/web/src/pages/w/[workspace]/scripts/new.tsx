import { NewScriptScreen } from "~/features/scripts/script-screen";

export default function NewScriptPage() {
  return <NewScriptScreen />;
}
