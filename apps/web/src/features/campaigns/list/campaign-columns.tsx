import { formatCount, formatShare } from "@hustings/ui/count";
import { Status } from "@hustings/ui/status";
import { EmptyValue } from "@hustings/ui/table";
import { RelativeTime } from "@hustings/ui/time";
import type { RouterOutputs } from "~/client/trpc";
import type { DataColumn } from "~/components/data-table/column";
import { Link } from "~/components/link";

export type ListedCampaign = RouterOutputs["campaigns"]["list"][number];

/** When the campaign did what its status says. */
export const whenOf = (campaign: ListedCampaign): string =>
  (campaign.status === "scheduled" ? campaign.scheduledAt : (campaign.finishedAt ?? campaign.launchedAt)) ??
  campaign.updatedAt;

export const createCampaignColumns = (toHref: (campaign: ListedCampaign) => string): DataColumn<ListedCampaign>[] => [
  {
    id: "name",
    label: "Name",
    isFixed: true,
    cell: (campaign) => (
      <Link
        href={toHref(campaign)}
        className="block truncate rounded-sm font-semibold hover:underline"
        title={campaign.name}
      >
        {campaign.name}
      </Link>
    ),
  },
  {
    id: "status",
    label: "Status",
    width: "130px",
    isFixed: true,
    cell: (campaign) => <Status state={campaign.status} />,
  },
  {
    id: "recipients",
    label: "Recipients",
    isNumeric: true,
    width: "110px",
    cell: ({ stats }) => (stats ? formatCount(stats.recipients) : <EmptyValue />),
  },
  {
    id: "delivered",
    label: "Delivered",
    isNumeric: true,
    width: "140px",
    cell: ({ stats }) => (stats ? <Share count={stats.delivered} of={stats.sent} /> : <EmptyValue />),
  },
  {
    id: "opened",
    label: "Opened",
    isNumeric: true,
    width: "140px",
    cell: ({ stats }) => (stats ? <Share count={stats.verifiedOpened} of={stats.delivered} /> : <EmptyValue />),
  },
  {
    id: "clicked",
    label: "Clicked",
    isNumeric: true,
    width: "140px",
    cell: ({ stats }) => (stats ? <Share count={stats.verifiedClicked} of={stats.delivered} /> : <EmptyValue />),
  },
  {
    id: "when",
    label: "When",
    width: "150px",
    cell: (campaign) => <RelativeTime at={whenOf(campaign)} isFocusable={false} className="text-muted-foreground" />,
  },
];

/** A count with its share: of those sent for delivered, of those delivered for the rest. */
function Share({ count, of }: { count: number; of: number }) {
  return (
    <>
      {formatCount(count)}{" "}
      <span className="ml-1 inline-block w-12 text-sm text-muted-foreground">{formatShare(count, of)}</span>
    </>
  );
}
