import { ContactsScreen } from "~/features/contacts/list/contacts-screen";

export default function ContactsPage() {
  return <ContactsScreen />;
}
