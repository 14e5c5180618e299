import type { Campaign } from "@hustings/contracts/campaigns";
import { Card } from "@hustings/ui/card";
import { CheckRow } from "@hustings/ui/check-row";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useCan } from "~/client/role";
import { trpc } from "~/client/trpc";
import { useWorkspace, useWorkspacePath } from "~/client/workspace";
import { Link } from "~/components/link";
import { QueryError } from "~/components/query-error";

/** From, subject as the first recipient reads it, and the checks that are open. */
export function LastLook({ campaign, onStops }: { campaign: Campaign; onStops: (stops: readonly string[]) => void }) {
  const workspace = useWorkspace();
  const toPath = useWorkspacePath();
  const isAdmin = useCan("admin");
  const utils = trpc.useUtils();
  const first = trpc.campaigns.audiencePeople.useQuery(
    { id: campaign.id, group: "recipients", pageSize: 1 },
    { retry: false },
  );
  const contactId = first.data?.people[0]?.id ?? null;
  const { subject, preheader, body, fromName, fromEmail, categoryId, allowNoUnsubscribe } = campaign;
  const input = { subject, preheader, body, fromName, fromEmail, categoryId, allowNoUnsubscribe, contactId };
  const rendered = useQuery({
    queryKey: [["campaigns", "render"], input],
    queryFn: () => utils.client.campaigns.render.mutate(input),
    enabled: !first.isPending,
  });
  const email = fromEmail ?? workspace.senderEmail;
  const open = rendered.data?.checks.filter((check) => check.level !== "fine") ?? [];
  const error = rendered.data?.error?.message;
  const stops = error ? [error] : open.filter((check) => check.level === "stop").map((check) => check.message);
  const stopsKey = stops.join("\n");
  useEffect(() => onStops(stops), [stopsKey]);
  const edit = (
    <Link href={toPath(`/campaigns/${campaign.id}`)} className="link">
      Mend it
    </Link>
  );
  const senderLink = isAdmin && (
    <Link href={toPath("/settings/sender")} className="link">
      Open the sender
    </Link>
  );
  if (rendered.error)
    return (
      <QueryError
        title="The checks did not run."
        error={rendered.error}
        onRetry={() => void rendered.refetch()}
        safe="Nothing was sent."
      />
    );
  return (
    <Card aria-label="Last look">
      <ul aria-busy={rendered.isFetching}>
        <CheckRow level="fine" title="From">
          {fromName ?? workspace.senderName ?? workspace.name} {email && `<${email}>`}
        </CheckRow>
        <CheckRow
          level="fine"
          title="Subject"
          action={
            <Link href={toPath(`/campaigns/${campaign.id}`)} className="link">
              See as others
            </Link>
          }
        >
          “{rendered.data && !rendered.data.error ? rendered.data.subject : subject}”
        </CheckRow>
        {error && (
          <CheckRow level="stops" title="The template cannot be read." action={edit}>
            {error}
          </CheckRow>
        )}
        {open.map((check) => (
          <CheckRow
            key={`${check.code}-${check.line}-${check.message}`}
            level={check.level === "stop" ? "stops" : "look"}
            title={check.message}
            action={check.code === "sender" ? senderLink : edit}
          >
            {check.line !== null && `Line ${check.line}.`}
          </CheckRow>
        ))}
        {rendered.data && !error && open.length === 0 && <CheckRow level="fine" title="Every check is fine." />}
      </ul>
    </Card>
  );
}
