import { useRouter } from "next/router";
import { RunScreen } from "~/features/imports/job/run-screen";

export default function ImportRunPage() {
  const { jobId } = useRouter().query;
  return typeof jobId === "string" ? <RunScreen key={jobId} jobId={jobId} /> : null;
}
