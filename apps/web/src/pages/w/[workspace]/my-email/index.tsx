import { MyEmailScreen } from "~/features/my-email/my-email-screen";

export default function MyEmailPage() {
  return <MyEmailScreen />;
}
