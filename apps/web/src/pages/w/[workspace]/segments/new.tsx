import { NewSegmentScreen } from "~/features/segments/builder/segment-screen";

export default function NewSegmentPage() {
  return <NewSegmentScreen />;
}
