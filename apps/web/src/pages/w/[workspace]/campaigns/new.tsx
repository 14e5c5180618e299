import { NewCampaignScreen } from "~/features/campaigns/list/new-campaign-screen";

export default function NewCampaignPage() {
  return <NewCampaignScreen />;
}
