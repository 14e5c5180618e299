import { NoAccessScreen } from "~/features/sign-in/no-access-screen";

export default function NoAccessPage() {
  return <NoAccessScreen />;
}
