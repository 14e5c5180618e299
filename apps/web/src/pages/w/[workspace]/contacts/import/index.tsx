import { ImportScreen } from "~/features/imports/start/import-screen";

export default function ImportPage() {
  return <ImportScreen />;
}
