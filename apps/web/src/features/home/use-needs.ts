import type { HomeOverview } from "@hustings/contracts/home";
import { formatCount, formatCountOf } from "@hustings/ui/count";
import { CirclePause, CircleX, type LucideIcon, MailX, OctagonX, Ticket, TriangleAlert, Unplug } from "lucide-react";
import { useCan } from "~/client/role";
import { type RouterOutputs, trpc } from "~/client/trpc";
import { useSession } from "~/client/workspace";

type ListedCampaign = RouterOutputs["campaigns"]["list"][number];

/** Something that waits for a person, and where to look at it. */
export type Need = {
  key: string;
  icon: LucideIcon;
  tone: "bad" | "look";
  title: string;
  detail: string;
  action: { label: string; path: string } | null;
};

/** How far back a failure still asks for somebody. */
const RECENT_MS = 7 * 86_400_000;
const isRecent = (at: string | null) => at !== null && Date.now() - Date.parse(at) < RECENT_MS;

/** What needs somebody, the worst first; undefined until all of it is known. */
export function useNeeds(
  overview: HomeOverview | undefined,
  campaigns: readonly ListedCampaign[] | undefined,
): Need[] | undefined {
  const imports = trpc.imports.list.useQuery({ limit: 20 });
  const mailboxes = trpc.emailConnections.list.useQuery({ limit: 20 });
  const isAdmin = useCan("admin");
  const { isGlobalAdmin } = useSession();
  // Nobody waits for it: a page without the jobs is better than none.
  const jobs = trpc.jobs.overview.useQuery({}, { enabled: isGlobalAdmin });
  const tickets = trpc.supportTickets.stats.useQuery({}, { enabled: isGlobalAdmin });
  const rules = trpc.automations.list.useQuery({}, { enabled: isAdmin });
  // An answer that failed needs nobody: its own card says so.
  if (!overview || !campaigns || imports.isPending) return undefined;
  const suppressions = isAdmin ? { label: "See the addresses", path: "/settings/suppressions" } : null;
  const { bounced, complained } = overview.suppressed;
  return [
    ...campaigns.flatMap(toCampaignNeed),
    ...(imports.data ?? []).filter((job) => job.status === "failed" && isRecent(job.finishedAt)).map(toImportNeed),
    ...(rules.data ?? []).flatMap(toRuleNeed),
    ...(mailboxes.data ?? []).flatMap(toMailboxNeed),
    ...toJobsNeed(jobs.data?.runs?.failedLastDay ?? 0),
    ...toTicketsNeed(tickets.data?.open ?? 0),
    ...(complained > 0
      ? [
          {
            key: "complained",
            icon: OctagonX,
            tone: "bad" as const,
            title: `${formatCountOf(complained, "person", "people")} marked mail as spam`,
            detail: "This week. Nothing is sent to these addresses any more.",
            action: suppressions,
          },
        ]
      : []),
    ...(bounced > 0
      ? [
          {
            key: "bounced",
            icon: MailX,
            tone: "look" as const,
            title: `${formatCountOf(bounced, "address", "addresses")} bounced for good`,
            detail: "This week. Nothing is sent to them any more; the people stay.",
            action: suppressions,
          },
        ]
      : []),
  ].sort((a, b) => Number(b.tone === "bad") - Number(a.tone === "bad"));
}

function toCampaignNeed(campaign: ListedCampaign): Need[] {
  const action = { label: "Open the campaign", path: `/campaigns/${campaign.id}` };
  const { id: key, name, status, stats } = campaign;
  if (status === "failed" && isRecent(campaign.updatedAt))
    return [
      {
        key,
        icon: CircleX,
        tone: "bad",
        title: `${name} failed`,
        detail: campaign.error ?? "Nobody else gets it until somebody looks.",
        action,
      },
    ];
  if (status === "paused" && campaign.stopReason !== null)
    return [
      {
        key,
        icon: CirclePause,
        tone: "bad",
        title: `${name} stopped by itself`,
        detail: campaign.stopReason,
        action,
      },
    ];
  if (status === "paused")
    return [
      {
        key,
        icon: CirclePause,
        tone: "look",
        title: `${name} is paused`,
        detail: stats
          ? `${formatCountOf(stats.queued, "person is", "people are")} still waiting.`
          : "It waits for somebody to go on.",
        action,
      },
    ];
  if (status === "sent" && isRecent(campaign.finishedAt) && stats && stats.failed + stats.unknown > 0)
    return [
      {
        key,
        icon: TriangleAlert,
        tone: "look",
        title: `${name} did not reach everybody`,
        detail: `${formatCount(stats.failed)} failed, of ${formatCount(stats.unknown)} nobody knows.`,
        action,
      },
    ];
  return [];
}

const toRuleNeed = ({ id, name, isActive, brokenReason }: RouterOutputs["automations"]["list"][number]): Need[] =>
  brokenReason === null || !isActive
    ? []
    : [
        {
          key: id,
          icon: CircleX,
          tone: "bad",
          title: `The rule ${name} is broken`,
          detail: `${brokenReason}. It does nothing until it is mended.`,
          action: { label: "Mend it", path: `/automations/${id}` },
        },
      ];

const toJobsNeed = (failed: number): Need[] =>
  failed === 0
    ? []
    : [
        {
          key: "jobs",
          icon: CircleX,
          tone: "bad",
          title: `${formatCountOf(failed, "job")} failed`,
          detail: "In the last 24 hours, in the whole installation.",
          action: { label: "Look at them", path: "/jobs?status=failed&since=24h" },
        },
      ];

const toTicketsNeed = (open: number): Need[] =>
  open === 0
    ? []
    : [
        {
          key: "tickets",
          icon: Ticket,
          tone: "look",
          title: `${formatCountOf(open, "ticket is", "tickets are")} open`,
          detail: "Nobody has taken them up yet.",
          action: { label: "Look at them", path: "/tickets?status=open" },
        },
      ];

/** A mailbox that is not read for so long is more than a hiccup. */
const UNREAD_MS = 3_600_000;

function toMailboxNeed({
  id: key,
  email,
  status,
  lastError,
  lastSyncAt,
}: RouterOutputs["emailConnections"]["list"][number]): Need[] {
  if (status === "needs_reconnect")
    return [
      {
        key,
        icon: Unplug,
        tone: "bad",
        title: `Your Gmail ${email} is disconnected`,
        detail: "Google ended the access. Its emails are missing from timelines since.",
        action: { label: "Connect it again", path: "/my-email" },
      },
    ];
  if (lastError === null || (lastSyncAt !== null && Date.now() - Date.parse(lastSyncAt) < UNREAD_MS)) return [];
  return [
    {
      key,
      icon: TriangleAlert,
      tone: "look",
      title: `Your Gmail ${email} cannot be read`,
      detail: `${lastError} It is tried again by itself.`,
      action: { label: "Look at it", path: "/my-email" },
    },
  ];
}

const toImportNeed = (job: RouterOutputs["imports"]["list"][number]): Need => ({
  key: job.jobId,
  icon: CircleX,
  tone: "bad",
  title: `The import of ${job.fileName} failed`,
  detail: job.error ?? "What it had written stays.",
  action: { label: "Look at it", path: `/contacts/import/${job.jobId}` },
});
