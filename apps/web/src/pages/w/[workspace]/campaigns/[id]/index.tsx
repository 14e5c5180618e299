import { useRouter } from "next/router";
import { CampaignScreen } from "~/features/campaigns/campaign-screen";

export default function CampaignPage() {
  const { id } = useRouter().query;
  return typeof id === "string" ? <CampaignScreen key={id} id={id} /> : null;
}
