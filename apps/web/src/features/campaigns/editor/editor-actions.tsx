import type { Campaign } from "@hustings/contracts/campaigns";
import { Button, IconButton } from "@hustings/ui/button";
import { Menu, MenuContent, MenuItem, MenuTrigger } from "@hustings/ui/menu";
import { notifyDone, notifyFailed } from "@hustings/ui/toast";
import { ArrowRight, CalendarX, Copy, Ellipsis, Trash2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/router";
import { useState } from "react";
import { readCallError } from "~/client/errors";
import { trpc } from "~/client/trpc";
import { useWorkspacePath } from "~/client/workspace";
import { useUseAgain } from "../use-again";
import type { Reader } from "./preview-pane";
import { TestButton } from "./test-button";

const DeleteCampaignDialog = dynamic(
  () => import("../delete-campaign-dialog").then((module) => module.DeleteCampaignDialog),
  { ssr: false },
);

type EditorActionsProps = {
  campaign: Campaign;
  reader: Reader | undefined;
  flush: () => Promise<boolean>;
  offReason: string | null;
};

/** Test, check and send; what is rarer stands behind the dots. */
export function EditorActions({ campaign, reader, flush, offReason }: EditorActionsProps) {
  const router = useRouter();
  const toPath = useWorkspacePath();
  const utils = trpc.useUtils();
  const [isDeleting, setDeleting] = useState(false);
  const { copy } = useUseAgain();
  const recall = trpc.campaigns.update.useMutation({
    onSuccess: (answer) => {
      utils.campaigns.get.setData({ id: campaign.id }, answer);
      notifyDone("It is a draft again and leaves when you say so");
    },
    onError: (error) => notifyFailed(`It is still scheduled. ${readCallError(error).message}`),
  });
  const check = async () => {
    if (await flush()) await router.push(toPath(`/campaigns/${campaign.id}/send`));
    else notifyFailed("What you wrote is not saved yet. The line below the name says why.");
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      {!offReason && (
        <Menu>
          <MenuTrigger asChild>
            <IconButton label="More" icon={<Ellipsis aria-hidden />} className="max-md:order-last" />
          </MenuTrigger>
          <MenuContent align="end">
            {campaign.status === "scheduled" && (
              <MenuItem
                icon={<CalendarX aria-hidden />}
                onSelect={() => recall.mutate({ id: campaign.id, scheduledAt: null })}
              >
                Do not send at that time
              </MenuItem>
            )}
            <MenuItem icon={<Copy aria-hidden />} onSelect={() => void flush().then(() => copy(campaign.id))}>
              Use again as a new draft
            </MenuItem>
            <MenuItem icon={<Trash2 aria-hidden />} isDanger onSelect={() => setDeleting(true)}>
              Delete…
            </MenuItem>
          </MenuContent>
        </Menu>
      )}
      <TestButton campaignId={campaign.id} reader={reader} flush={flush} offReason={offReason} />
      <Button variant="primary" trailing={<ArrowRight aria-hidden />} onClick={() => void check()}>
        {offReason ? "Who gets it" : campaign.status === "scheduled" ? "Check the sending…" : "Check and send…"}
      </Button>
      {isDeleting && <DeleteCampaignDialog campaign={campaign} onClose={() => setDeleting(false)} />}
    </div>
  );
}
