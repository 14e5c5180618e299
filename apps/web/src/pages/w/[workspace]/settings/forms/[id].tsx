import { useRouter } from "next/router";
import { FormScreen } from "~/features/forms/form-screen";

export default function FormPage() {
  const { id } = useRouter().query;
  return typeof id === "string" ? <FormScreen key={id} id={id} /> : null;
}
