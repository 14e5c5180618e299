import type { AuditEntry } from "@hustings/contracts/audit";
import { Card, CardBody, CardHeader } from "@hustings/ui/card";
import { formatClock, formatDay, formatExactTime } from "@hustings/ui/time";
import { useEffect } from "react";
import { useCan } from "~/client/role";
import { trpc } from "~/client/trpc";

/** Enough to reach back to the first press, also past a day of writing. */
const PAGE_SIZE = 50;

/** What was done to its sending, in a colleague's words; saving and tests are left out. */
function toWords({ action, actorKind, actorName, details }: AuditEntry): string | null {
  switch (action) {
    case "campaigns.goOn":
      return `It went on by itself. ${details.reason}`;
    case "campaigns.stop":
      return `It stopped by itself. ${details.reason}`;
    case "campaigns.send":
      return actorKind === "system" ? "Its time came, and it was sent" : `${actorName} pressed send`;
    case "campaigns.schedule":
      return `${actorName} scheduled it`;
    case "campaigns.recall":
      return `${actorName} took it back`;
    case "campaigns.pause":
      return `${actorName} paused it`;
    case "campaigns.resume":
      return details.despite ? `${actorName} resumed it all the same` : `${actorName} resumed it`;
    case "campaigns.cancel":
      return `${actorName} cancelled the rest`;
    default:
      return null;
  }
}

/** Who pressed what, newest first. For admins, who may see the log. */
export function WhatHappened({ campaignId, state }: { campaignId: string; state: string }) {
  const isAdmin = useCan("admin");
  const query = trpc.audit.list.useQuery(
    { targetType: "campaign", targetId: campaignId, pageSize: PAGE_SIZE },
    { enabled: isAdmin, placeholderData: (before) => before },
  );
  // Every press changes it, also a colleague's, and so does a decision.
  const { refetch } = query;
  useEffect(() => {
    if (isAdmin) void refetch();
  }, [state, isAdmin, refetch]);
  const lines = (query.data?.entries ?? []).flatMap((entry) => {
    const words = toWords(entry);
    return words ? [{ id: entry.id, at: new Date(entry.createdAt), words }] : [];
  });
  if (lines.length === 0) return null;
  return (
    <Card aria-label="What has happened">
      <CardHeader title="What has happened" />
      <CardBody>
        <ol className="grid gap-1.5 text-sm">
          {lines.map(({ id, at, words }) => (
            <li key={id} className="flex gap-3">
              <time dateTime={at.toISOString()} title={formatExactTime(at)} className="flex-none text-muted-foreground">
                {isToday(at) ? formatClock(at) : `${formatDay(at, new Date())}, ${formatClock(at)}`}
              </time>
              <span className="min-w-0 wrap-anywhere">{words}</span>
            </li>
          ))}
        </ol>
      </CardBody>
    </Card>
  );
}

const isToday = (at: Date): boolean => formatDay(at) === formatDay(new Date());
