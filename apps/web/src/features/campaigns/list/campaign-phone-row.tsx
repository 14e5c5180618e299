import { formatCount, formatCountOf } from "@hustings/ui/count";
import { Status } from "@hustings/ui/status";
import { RelativeTime } from "@hustings/ui/time";
import { Link } from "~/components/link";
import { type ListedCampaign, whenOf } from "./campaign-columns";

/** A campaign on a phone: what it is called, where it stands, how it did. */
export function CampaignPhoneRow({ campaign, href }: { campaign: ListedCampaign; href: string }) {
  const { stats } = campaign;
  return (
    <div className="min-w-0">
      <div className="flex items-center gap-2">
        <Link href={href} className="min-w-0 flex-1 truncate rounded-sm font-semibold">
          {campaign.name}
        </Link>
        <Status state={campaign.status} />
      </div>
      <p className="truncate text-sm text-muted-foreground">
        {stats
          ? `${formatCountOf(stats.recipients, "person", "people")}, ${formatCount(stats.verifiedOpened)} opened, ${formatCount(stats.verifiedClicked)} clicked · `
          : ""}
        <RelativeTime at={whenOf(campaign)} isFocusable={false} isInSentence={stats !== undefined} />
      </p>
    </div>
  );
}
