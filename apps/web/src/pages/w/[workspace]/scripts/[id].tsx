import { useRouter } from "next/router";
import { ScriptScreen } from "~/features/scripts/script-screen";

export default function ScriptPage() {
  const { id } = useRouter().query;
  return typeof id === "string" ? <ScriptScreen key={id} id={id} /> : null;
}
