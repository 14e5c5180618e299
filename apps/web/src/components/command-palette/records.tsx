import { statusWord } from "@hustings/ui/status";
import { Funnel, Megaphone } from "lucide-react";
import { trpc } from "~/client/trpc";
import { useWorkspacePath } from "~/client/workspace";
import type { PaletteEntry } from "./command-palette";

/** Campaigns and segments of the workspace by name; both lists are short enough to be filtered here. */
export function useRecords(isOpen: boolean, query: string): PaletteEntry[] {
  const toPath = useWorkspacePath();
  const options = { enabled: isOpen && query.length > 0 };
  const campaigns = trpc.campaigns.list.useQuery({}, options);
  const segments = trpc.segments.list.useQuery({}, options);
  if (!query) return [];
  const matches = (name: string) => name.toLowerCase().includes(query.toLowerCase());
  return [
    ...(campaigns.data ?? [])
      .filter((campaign) => matches(campaign.name))
      .map((campaign) => ({
        id: `campaign-${campaign.id}`,
        icon: <Megaphone aria-hidden />,
        label: campaign.name,
        hint: statusWord(campaign.status),
        href: toPath(`/campaigns/${campaign.id}`),
      })),
    ...(segments.data ?? [])
      .filter((segment) => matches(segment.name))
      .map((segment) => ({
        id: `segment-${segment.id}`,
        icon: <Funnel aria-hidden />,
        label: segment.name,
        href: toPath(`/segments/${segment.id}`),
      })),
  ];
}
