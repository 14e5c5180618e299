import { formatCountOf } from "@hustings/ui/count";
import { useNow } from "@hustings/ui/time";
import { UndoStrip } from "@hustings/ui/undo-strip";
import { useRecall } from "~/client/recall";
import { useCan } from "~/client/role";
import { type RouterOutputs, trpc } from "~/client/trpc";
import { useIsSandbox } from "~/client/workspace";

/** A colleague's press, on a page that asks for nothing else. One's own is seen at once. */
const POLL_MS = 15_000;
const POLL_UNCOUNTED_MS = 1_000;
/** More at the same time is no hold, it is a list. */
const MAX_STRIPS = 3;

/** On every page while mail is held: what leaves when, and the way back. For admins, who may take it back. */
export function HeldMail() {
  const isAdmin = useCan("admin");
  const queued = trpc.campaigns.list.useQuery(
    { status: "queued", limit: MAX_STRIPS },
    {
      enabled: isAdmin,
      refetchInterval: ({ state }) =>
        state.data?.some(({ holdUntil, stats }) => holdUntil && !stats) ? POLL_UNCOUNTED_MS : POLL_MS,
    },
  );
  const held = (queued.data ?? []).filter((campaign) => campaign.holdUntil !== null);
  return held.map((campaign) => <HeldCampaign key={campaign.id} campaign={campaign} />);
}

function HeldCampaign({ campaign }: { campaign: RouterOutputs["campaigns"]["list"][number] }) {
  const isSandbox = useIsSandbox();
  const now = useNow(1_000);
  const recall = useRecall();
  const leavesAt = new Date(campaign.holdUntil ?? 0);
  if (leavesAt <= now) return null;
  const [one, many] = isSandbox ? ["email is caught", "emails are caught"] : ["email leaves", "emails leave"];
  return (
    <div className="flex-none px-6 pt-3 max-md:px-3.5">
      <UndoStrip
        leavesAt={leavesAt}
        heldMs={leavesAt.getTime() - new Date(campaign.launchedAt ?? campaign.updatedAt).getTime()}
        subject={campaign.name}
        onTakeBack={() => recall.mutate({ id: campaign.id })}
        isBusy={recall.isPending}
        isSandbox={isSandbox}
      >
        {campaign.stats ? formatCountOf(campaign.stats.recipients, one, many) : many?.replace(/^e/, "E")}
      </UndoStrip>
    </div>
  );
}
