import type { CampaignStats } from "@hustings/contracts/campaign-recipients";
import type { Campaign } from "@hustings/contracts/campaigns";
import { Button } from "@hustings/ui/button";
import { ConfirmDialog } from "@hustings/ui/confirm-dialog";
import { formatCount, formatCountOf } from "@hustings/ui/count";
import { notifyDone, notifyFailed } from "@hustings/ui/toast";
import { Ban, FlaskConical, Pause, Send, Undo2 } from "lucide-react";
import { useState } from "react";
import { readCallError } from "~/client/errors";
import { useRecall } from "~/client/recall";
import { useNotAllowedReason } from "~/client/role";
import { trpc } from "~/client/trpc";
import { useIsSandbox } from "~/client/workspace";
import { QueryError } from "~/components/query-error";
import { isHeld } from "../stage";

type ProgressActionsProps = { campaign: Campaign; stats: CampaignStats | undefined };

/** What can be done to mail on its way: while it is held, to take it back. */
export function ProgressActions(props: ProgressActionsProps) {
  return isHeld(props.campaign) ? <TakeBack campaign={props.campaign} /> : <LeavingActions {...props} />;
}

function TakeBack({ campaign }: { campaign: Campaign }) {
  const recall = useRecall();
  const offReason = useNotAllowedReason("admin", "take campaigns back");
  return (
    <Button
      icon={<Undo2 aria-hidden />}
      isBusy={recall.isPending}
      offReason={offReason}
      onClick={() => recall.mutate({ id: campaign.id })}
    >
      Take it back
    </Button>
  );
}

/** Pause, resume, cancel the rest: each says how many people it is about. */
function LeavingActions({ campaign, stats }: ProgressActionsProps) {
  const utils = trpc.useUtils();
  const isSandbox = useIsSandbox();
  const offReason = useNotAllowedReason("admin", "pause and cancel campaigns");
  const [isAsking, setAsking] = useState(false);
  const show = (answer: Campaign) => {
    utils.campaigns.get.setData({ id: campaign.id }, answer);
    void utils.campaigns.stats.invalidate({ id: campaign.id });
    void utils.campaigns.list.invalidate();
  };
  const pause = trpc.campaigns.pause.useMutation({
    onSuccess: show,
    onError: (error) => notifyFailed(`It was not paused. ${readCallError(error).message}`),
  });
  const resume = trpc.campaigns.resume.useMutation({
    onSuccess: show,
    onError: (error) => notifyFailed(`It was not resumed. ${readCallError(error).message}`),
  });
  const cancel = trpc.campaigns.cancel.useMutation({
    onSuccess: (answer) => {
      setAsking(false);
      show(answer);
      notifyDone("Cancelled the rest");
    },
  });
  const waiting = stats?.queued ?? 0;
  const waitingWords = formatCountOf(waiting, "person", "people");
  const id = { id: campaign.id };
  return (
    <>
      {campaign.status === "paused" ? (
        <Button
          variant={isSandbox ? "sandbox" : "send"}
          icon={isSandbox ? <FlaskConical aria-hidden /> : <Send aria-hidden />}
          isBusy={resume.isPending}
          offReason={offReason}
          onClick={() => resume.mutate(id)}
        >
          {isSandbox ? `Resume: ${formatCount(waiting)} to the sandbox` : `Resume: send to ${waitingWords}`}
        </Button>
      ) : (
        <Button
          icon={<Pause aria-hidden />}
          isBusy={pause.isPending}
          offReason={offReason}
          onClick={() => pause.mutate(id)}
        >
          Pause
        </Button>
      )}
      <Button variant="danger" icon={<Ban aria-hidden />} offReason={offReason} onClick={() => setAsking(true)}>
        Cancel the rest…
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        onOpenChange={setAsking}
        title={`Cancel the rest? ${waitingWords} would never get it.`}
        confirmLabel={`Cancel the rest (${waitingWords})`}
        keepLabel={campaign.status === "paused" ? "Keep it paused" : "Keep sending"}
        icon={<Ban aria-hidden />}
        isBusy={cancel.isPending}
        error={cancel.error && <QueryError title="It was not cancelled." error={cancel.error} />}
        onConfirm={() => cancel.mutate(id)}
      >
        {stats && stats.sent > 0
          ? isSandbox
            ? `${formatCountOf(stats.sent, "email was caught and stays", "emails were caught and stay")} in the sandbox. `
            : `${formatCountOf(stats.sent, "person has", "people have")} the email already and ${stats.sent === 1 ? "keeps" : "keep"} it. `
          : "Nobody has it yet. "}
        A cancelled campaign cannot be resumed; you can send to the others later as a new one.
      </ConfirmDialog>
    </>
  );
}
