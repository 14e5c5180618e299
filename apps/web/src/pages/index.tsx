import { FrontDoor } from "~/features/workspaces/front-door";

export default function IndexPage() {
  return <FrontDoor />;
}
