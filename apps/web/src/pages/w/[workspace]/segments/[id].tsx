import { useRouter } from "next/router";
import { SegmentScreen } from "~/features/segments/builder/segment-screen";

export default function SegmentPage() {
  const { id } = useRouter().query;
  return typeof id === "string" ? <SegmentScreen key={id} id={id} /> : null;
}
