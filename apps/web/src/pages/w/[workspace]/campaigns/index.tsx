import { CampaignsScreen } from "~/features/campaigns/list/campaigns-screen";

export default function CampaignsPage() {
  return <CampaignsScreen />;
}
