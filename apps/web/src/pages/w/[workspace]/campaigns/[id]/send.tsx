import { useRouter } from "next/router";
import { PreflightPage } from "~/features/campaigns/preflight/preflight-page";

export default function SendCampaignPage() {
  const { id } = useRouter().query;
  return typeof id === "string" ? <PreflightPage key={id} id={id} /> : null;
}
