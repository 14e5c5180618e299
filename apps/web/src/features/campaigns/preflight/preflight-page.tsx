import { SkeletonRows } from "@hustings/ui/skeleton";
import { useRouter } from "next/router";
import { useEffect } from "react";
import { trpc } from "~/client/trpc";
import { useWorkspacePath } from "~/client/workspace";
import { Screen } from "~/components/frame/screen";
import { Missing } from "../campaign-screen";
import { isEditable } from "../stage";
import { PreflightScreen } from "./preflight-screen";

/** Loads the campaign; one that has been sent has nothing to check any more and shows its progress or report. */
export function PreflightPage({ id }: { id: string }) {
  const router = useRouter();
  const toPath = useWorkspacePath();
  const query = trpc.campaigns.get.useQuery({ id });
  const campaign = query.data;
  const isOver = campaign !== undefined && !isEditable(campaign);
  useEffect(() => {
    if (isOver) void router.replace(toPath(`/campaigns/${id}`));
  }, [isOver]);
  if (query.error && !campaign) return <Missing error={query.error} onRetry={() => void query.refetch()} />;
  if (campaign && !isOver) return <PreflightScreen campaign={campaign} />;
  return (
    <Screen title="Before it leaves" crumbs={[{ label: "Campaigns", path: "/campaigns" }]}>
      <SkeletonRows label="Counting who gets it" rows={8} />
    </Screen>
  );
}
