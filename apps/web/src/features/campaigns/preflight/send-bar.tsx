import type { Audience } from "@hustings/contracts/campaign-recipients";
import type { Campaign } from "@hustings/contracts/campaigns";
import { ActionBar } from "@hustings/ui/action-bar";
import { Button } from "@hustings/ui/button";
import { formatCount, formatCountOf } from "@hustings/ui/count";
import { formatExactTime, formatRelativeTime, useNow } from "@hustings/ui/time";
import { CalendarClock, FlaskConical, Send } from "lucide-react";
import { useRouter } from "next/router";
import { useNotAllowedReason } from "~/client/role";
import { trpc } from "~/client/trpc";
import { useIsSandbox, useWorkspacePath } from "~/client/workspace";
import { QueryError } from "~/components/query-error";
import { endOfHold, type Hold, nameHold, type SendTime } from "./how-it-leaves";

export type SendBarProps = {
  campaign: Campaign;
  audience: Audience | undefined;
  isCounting: boolean;
  time: SendTime;
  hold: Hold;
  stops: readonly string[];
};

/** Says in words what the button does, with the number on the button. The only place from which a campaign leaves. */
export function SendBar({ campaign, audience, isCounting, time, hold, stops }: SendBarProps) {
  const isSandbox = useIsSandbox();
  const now = useNow();
  const roleReason = useNotAllowedReason("admin", "send campaigns");
  const { send, isBusy, error } = useSend(campaign);
  const count = audience?.recipients ?? 0;
  const at = time.kind === "later" ? time.at : null;
  const offReason =
    roleReason ??
    (stops[0] && `${stops[0]} Mend that first.`) ??
    (!audience
      ? "Counting who gets it"
      : count === 0 && time.kind === "now"
        ? "Nobody gets it. Choose other people first."
        : null) ??
    (time.kind === "later" && (!at || at <= now) ? "Choose a time that lies ahead" : null);
  const holdSeconds = time.kind === "now" && hold.isOn ? hold.seconds : 0;
  const people = formatCountOf(count, "person", "people");
  return (
    <>
      {error && (
        <QueryError
          title={time.kind === "now" ? "It was not sent." : "It was not scheduled."}
          error={error}
          safe="Nobody got anything."
          className="flex-none rounded-none"
        />
      )}
      <ActionBar
        title={offReason && audience ? "It cannot leave yet." : titleOf({ isSandbox, count, at, now })}
        action={
          <Button
            variant={isSandbox ? "sandbox" : "send"}
            size="lg"
            icon={
              time.kind === "later" ? (
                <CalendarClock aria-hidden />
              ) : isSandbox ? (
                <FlaskConical aria-hidden />
              ) : (
                <Send aria-hidden />
              )
            }
            isBusy={isBusy || (isCounting && !audience)}
            offReason={offReason}
            onClick={() => void send(time, holdSeconds)}
            className="max-md:h-12"
          >
            {time.kind === "later"
              ? isSandbox
                ? `Schedule ${formatCount(count)} to the sandbox`
                : `Schedule to ${people}`
              : isSandbox
                ? `Send ${formatCount(count)} to the sandbox`
                : `Send to ${people}`}
          </Button>
        }
      >
        {offReason && audience
          ? offReason
          : time.kind === "later"
            ? "You can change it or take it back until then."
            : holdSeconds > 0
              ? `You can take it back ${holdSeconds < 60 ? `for ${nameHold(hold)}` : `until ${endOfHold(hold, now)}`}, and pause or cancel after that.`
              : "It starts at once. You can pause, or cancel the rest."}
      </ActionBar>
    </>
  );
}

function titleOf({ isSandbox, count, at, now }: { isSandbox: boolean; count: number; at: Date | null; now: Date }) {
  const when = at && (
    <>
      {" "}
      <span title={formatExactTime(at)}>
        {formatRelativeTime(at, now).replace(/^[TI]/, (letter) => letter.toLowerCase())}
      </span>
    </>
  );
  if (isSandbox)
    return (
      <>
        {formatCountOf(count, "email")} will be caught in the sandbox{when}. Nobody outside gets anything.
      </>
    );
  return (
    <>
      {formatCountOf(count, "real person", "real people")} will get this email{when}.
    </>
  );
}

/** Sets or clears the time first: `send` schedules what lies ahead, and sends the rest at once. */
function useSend(campaign: Campaign) {
  const router = useRouter();
  const toPath = useWorkspacePath();
  const utils = trpc.useUtils();
  const update = trpc.campaigns.update.useMutation();
  const press = trpc.campaigns.send.useMutation();
  const send = async (time: SendTime, holdSeconds: number) => {
    const scheduledAt = time.kind === "later" ? (time.at?.toISOString() ?? null) : null;
    update.reset();
    press.reset();
    try {
      // Without its time a scheduled campaign is a draft again; with another one it stays scheduled.
      if (scheduledAt !== campaign.scheduledAt) await update.mutateAsync({ id: campaign.id, scheduledAt });
      if (campaign.status === "draft" || time.kind === "now") await press.mutateAsync({ id: campaign.id, holdSeconds });
    } catch {
      // Shown above the bar, from the mutation itself.
      return;
    } finally {
      await utils.campaigns.get.invalidate({ id: campaign.id });
      void utils.campaigns.list.invalidate();
    }
    // Back must not lead to a button that was pressed already.
    await router.replace(toPath(`/campaigns/${campaign.id}`));
  };
  return { send, isBusy: update.isPending || press.isPending, error: press.error ?? update.error };
}
