import { useRouter } from "next/router";
import { PersonScreen } from "~/features/contacts/person/person-screen";

export default function ContactPage() {
  const { id } = useRouter().query;
  return typeof id === "string" ? <PersonScreen key={id} id={id} /> : null;
}
