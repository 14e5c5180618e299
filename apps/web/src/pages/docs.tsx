import { ApiReferenceScreen } from "~/features/api-reference/api-reference-screen";

export default function DocsPage() {
  return <ApiReferenceScreen />;
}
