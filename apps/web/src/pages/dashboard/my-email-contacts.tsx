import { FrontDoor } from "~/features/workspaces/front-door";

/** Where Google's consent ends, as the reference has it: My email in the workspace chosen last. */
export default function MyEmailContactsPage() {
  return <FrontDoor path="/my-email" />;
}
