import type { Audience } from "@hustings/contracts/campaign-recipients";
import type { CampaignSafety, Canary } from "@hustings/contracts/campaign-safety";
import type { Campaign } from "@hustings/contracts/campaigns";
import { ActionBar } from "@hustings/ui/action-bar";
import { Button } from "@hustings/ui/button";
import { ConfirmDialog } from "@hustings/ui/confirm-dialog";
import { formatCount, formatCountOf } from "@hustings/ui/count";
import { formatExactTime, formatRelativeTime, useNow } from "@hustings/ui/time";
import { CalendarClock, FlaskConical, Send } from "lucide-react";
import { useRouter } from "next/router";
import { useState } from "react";
import { useNotAllowedReason } from "~/client/role";
import { trpc } from "~/client/trpc";
import { useIsSandbox, useWorkspacePath } from "~/client/workspace";
import { QueryError } from "~/components/query-error";
import { type CanaryWish, findWishProblem, isAsChosen, toCanaryInput } from "./canary";
import { endOfHold, type Hold, nameHold, type SendTime } from "./send-time";

export type SendBarProps = {
  campaign: Campaign;
  audience: Audience | undefined;
  isCounting: boolean;
  time: SendTime;
  hold: Hold;
  /** Null while it loads, as `safety` is then. */
  canary: CanaryWish | null;
  safety: CampaignSafety | undefined;
  stops: readonly string[];
};

/** Says in words what the button does, with the number on the button. The only place from which a campaign leaves. */
export function SendBar({ campaign, audience, isCounting, time, hold, canary, safety, stops }: SendBarProps) {
  const isSandbox = useIsSandbox();
  const now = useNow();
  const roleReason = useNotAllowedReason("admin", "send campaigns");
  const { send, isBusy, error } = useSend(campaign, safety?.canary ?? null);
  const [isAsking, setAsking] = useState(false);
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
    (time.kind === "later" && (!at || at <= now) ? "Choose a time that lies ahead" : null) ??
    (canary && safety ? findWishProblem(canary) : "Loading how it can leave");
  const holdSeconds = time.kind === "now" && hold.isOn ? hold.seconds : 0;
  const people = formatCountOf(count, "person", "people");
  const label =
    time.kind === "later"
      ? isSandbox
        ? `Schedule ${formatCount(count)} to the sandbox`
        : `Schedule to ${people}`
      : isSandbox
        ? `Send ${formatCount(count)} to the sandbox`
        : `Send to ${people}`;
  const icon =
    time.kind === "later" ? (
      <CalendarClock aria-hidden />
    ) : isSandbox ? (
      <FlaskConical aria-hidden />
    ) : (
      <Send aria-hidden />
    );
  const press = async (confirmRecipients?: number) => {
    if (!canary) return;
    await send({ time, holdSeconds, canary: canary.isOn ? canary : null, confirmRecipients });
  };
  const problem = error && (
    <QueryError
      title={time.kind === "now" ? "It was not sent." : "It was not scheduled."}
      error={error}
      safe="Nobody got anything."
      className="flex-none rounded-none"
    />
  );
  return (
    <>
      {!isAsking && problem}
      <ConfirmDialog
        isOpen={isAsking}
        onOpenChange={setAsking}
        title={`${time.kind === "now" ? "Send" : "Schedule"} to ${formatCountOf(count, "real person", "real people")}?`}
        confirmLabel={label}
        confirmVariant="send"
        keepLabel="Not yet"
        countToType={count}
        icon={icon}
        isBusy={isBusy}
        error={problem}
        onConfirm={() => void press(count)}
      >
        Nothing of this workspace has gone to real people yet: this is the first time. What has left cannot be pulled
        back.
      </ConfirmDialog>
      <ActionBar
        title={offReason && audience ? "It cannot leave yet." : titleOf({ isSandbox, count, at, now })}
        action={
          <Button
            variant={isSandbox ? "sandbox" : "send"}
            size="lg"
            icon={icon}
            isBusy={isBusy || (isCounting && !audience)}
            offReason={offReason}
            onClick={() => (safety?.mustConfirm ? setAsking(true) : void press())}
            className="max-md:h-12"
          >
            {label}
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

type Press = { time: SendTime; holdSeconds: number; canary: CanaryWish | null; confirmRecipients: number | undefined };

/** Sets or clears the time first: `send` schedules what lies ahead, and sends the rest at once. */
function useSend(campaign: Campaign, chosenBefore: Canary | null) {
  const router = useRouter();
  const toPath = useWorkspacePath();
  const utils = trpc.useUtils();
  const update = trpc.campaigns.update.useMutation();
  const press = trpc.campaigns.send.useMutation();
  const { id } = campaign;
  const send = async ({ time, holdSeconds, canary, confirmRecipients }: Press) => {
    const scheduledAt = time.kind === "later" ? (time.at?.toISOString() ?? null) : null;
    // A scheduled campaign keeps what was chosen at its send: for anything else it is a draft in between.
    const isAnother = campaign.status === "scheduled" && !isAsChosen(canary, chosenBefore);
    update.reset();
    press.reset();
    try {
      // Without its time a scheduled campaign is a draft again; with another one it stays scheduled.
      if (isAnother && scheduledAt !== null) await update.mutateAsync({ id, scheduledAt: null });
      if (isAnother || scheduledAt !== campaign.scheduledAt) await update.mutateAsync({ id, scheduledAt });
      if (campaign.status === "draft" || time.kind === "now" || isAnother)
        await press.mutateAsync({
          id,
          holdSeconds,
          ...(canary && { canary: toCanaryInput(canary) }),
          ...(confirmRecipients !== undefined && { confirmRecipients }),
        });
    } catch {
      // Shown above the bar, from the mutation itself.
      return;
    } finally {
      await utils.campaigns.get.invalidate({ id });
      void utils.campaigns.list.invalidate();
      void utils.campaigns.audience.invalidate({ id });
    }
    // Back must not lead to a button that was pressed already.
    await router.replace(toPath(`/campaigns/${id}`));
  };
  return { send, isBusy: update.isPending || press.isPending, error: press.error ?? update.error };
}
