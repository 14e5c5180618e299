import { SegmentsScreen } from "~/features/segments/list/segments-screen";

export default function SegmentsPage() {
  return <SegmentsScreen />;
}
