import { FieldsScreen } from "~/features/fields/fields-screen";

export default function FieldsPage() {
  return <FieldsScreen />;
}
