import { MembersScreen } from "~/features/members/members-screen";

export default function MembersPage() {
  return <MembersScreen />;
}
