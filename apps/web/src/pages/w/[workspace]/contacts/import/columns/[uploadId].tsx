import { useRouter } from "next/router";
import { ColumnsScreen } from "~/features/imports/columns/columns-screen";

export default function ImportColumnsPage() {
  const { uploadId } = useRouter().query;
  return typeof uploadId === "string" ? <ColumnsScreen key={uploadId} uploadId={uploadId} /> : null;
}
