import type { Campaign } from "@hustings/contracts/campaigns";
import { Button } from "@hustings/ui/button";
import { PageHeader } from "@hustings/ui/page-header";
import { Skeleton } from "@hustings/ui/skeleton";
import { ArrowLeft } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { trpc } from "~/client/trpc";
import { useWorkspacePath } from "~/client/workspace";
import { Screen } from "~/components/frame/screen";
import { Link } from "~/components/link";
import { QueryError } from "~/components/query-error";
import type { AudienceGroup } from "./audience-drawer";
import { type CanaryWish, usualCanary } from "./canary";
import { HowItLeaves } from "./how-it-leaves";
import { LastLook } from "./last-look";
import { LeftOut } from "./left-out";
import { SendBar } from "./send-bar";
import { type SendTime, USUAL_HOLD } from "./send-time";
import { WhoGetsIt } from "./who-gets-it";

const AudienceDrawer = dynamic(() => import("./audience-drawer").then((module) => module.AudienceDrawer), {
  ssr: false,
});

/** The last page before mail leaves: who gets it, who does not and why, when, and one button that says it all. */
export function PreflightScreen({ campaign }: { campaign: Campaign }) {
  const toPath = useWorkspacePath();
  const audience = trpc.campaigns.audience.useQuery(
    { id: campaign.id },
    { staleTime: 0, placeholderData: (before) => before },
  );
  const categories = trpc.categories.list.useQuery({});
  const [time, setTime] = useState<SendTime>(() =>
    campaign.scheduledAt ? { kind: "later", at: new Date(campaign.scheduledAt) } : { kind: "now" },
  );
  const [hold, setHold] = useState(USUAL_HOLD);
  const safety = trpc.campaigns.safety.useQuery({ id: campaign.id }, { staleTime: 0 });
  const [chosenCanary, setCanary] = useState<CanaryWish | null>(null);
  const recipients = audience.data?.recipients ?? 0;
  const usual = safety.data && audience.data ? usualCanary(safety.data, recipients) : null;
  const canary = chosenCanary ?? usual;
  const [drawer, setDrawer] = useState<{ group: AudienceGroup; isOpen: boolean } | null>(null);
  const [stops, setStops] = useState<readonly string[]>([]);
  const categoryName = categories.data?.find((category) => category.id === campaign.categoryId)?.name ?? null;
  const open = (group: AudienceGroup) => setDrawer({ group, isOpen: true });
  return (
    <Screen
      title="Before it leaves"
      crumbs={[
        { label: "Campaigns", path: "/campaigns" },
        { label: campaign.name, path: `/campaigns/${campaign.id}` },
      ]}
      isFlush
    >
      <div className="min-h-0 flex-1 overflow-auto px-6 pt-5 pb-6 max-md:px-3.5 max-md:pt-3.5">
        <PageHeader title="Before it leaves" lede={campaign.name}>
          <Button asChild icon={<ArrowLeft aria-hidden />} className="max-md:hidden">
            <Link href={toPath(`/campaigns/${campaign.id}`)}>Back to writing</Link>
          </Button>
        </PageHeader>
        {audience.data ? (
          <WhoGetsIt
            audience={audience.data}
            isCounting={audience.isFetching}
            hasSegment={campaign.segmentId !== null}
            onOpen={open}
          />
        ) : audience.error ? (
          <QueryError
            title="The people could not be counted."
            error={audience.error}
            onRetry={() => void audience.refetch()}
            safe="Nothing was sent."
            className="mb-4"
          />
        ) : (
          <Skeleton className="mb-4 h-36 rounded-lg" />
        )}
        {safety.error && !safety.data && (
          <QueryError
            title="How it can leave did not load."
            error={safety.error}
            onRetry={() => void safety.refetch()}
            safe="Nothing was sent."
            className="mb-4"
          />
        )}
        <div className="grid grid-cols-2 items-start gap-4 max-lg:grid-cols-1">
          {audience.data ? (
            <LeftOut audience={audience.data} categoryName={categoryName} onOpen={open} />
          ) : (
            <Skeleton className="h-72 rounded-lg" />
          )}
          <div className="grid gap-4">
            {canary ? (
              <HowItLeaves
                campaign={campaign}
                recipients={recipients}
                time={time}
                onTimeChange={setTime}
                hold={hold}
                onHoldChange={setHold}
                canary={canary}
                onCanaryChange={setCanary}
              />
            ) : (
              <Skeleton className="h-64 rounded-lg" />
            )}
            <LastLook campaign={campaign} onStops={setStops} />
          </div>
        </div>
      </div>
      <SendBar
        campaign={campaign}
        audience={audience.data}
        isCounting={audience.isFetching}
        time={time}
        hold={hold}
        canary={canary}
        safety={safety.data}
        stops={stops}
      />
      {drawer && (
        <AudienceDrawer
          campaign={campaign}
          group={drawer.group}
          categoryName={categoryName}
          isOpen={drawer.isOpen}
          onClose={() => setDrawer({ ...drawer, isOpen: false })}
        />
      )}
    </Screen>
  );
}
