import { statusWord } from "@hustings/ui/status";
import { Funnel, Megaphone, Zap } from "lucide-react";
import { useCan } from "~/client/role";
import { trpc } from "~/client/trpc";
import { useWorkspacePath } from "~/client/workspace";
import type { PaletteEntry } from "./command-palette";

/** Campaigns, segments and rules of the workspace by name; the lists are short enough to be filtered here. */
export function useRecords(isOpen: boolean, query: string): PaletteEntry[] {
  const toPath = useWorkspacePath();
  const options = { enabled: isOpen && query.length > 0 };
  const campaigns = trpc.campaigns.list.useQuery({}, options);
  const segments = trpc.segments.list.useQuery({}, options);
  const isAdmin = useCan("admin");
  const rules = trpc.automations.list.useQuery({}, { enabled: options.enabled && isAdmin });
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
    ...(rules.data ?? [])
      .filter((rule) => matches(rule.name))
      .map((rule) => ({
        id: `automation-${rule.id}`,
        icon: <Zap aria-hidden />,
        label: rule.name,
        hint: rule.isActive ? "Rule" : "Rule, off",
        href: toPath(`/automations/${rule.id}`),
      })),
  ];
}
