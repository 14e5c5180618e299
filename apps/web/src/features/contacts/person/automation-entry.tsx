import type { AutomationApplication } from "@hustings/contracts/automations";
import { formatClock, formatDay, formatExactTime } from "@hustings/ui/time";
import { TimelineEntry } from "@hustings/ui/timeline-entry";
import { Zap } from "lucide-react";
import { useCan } from "~/client/role";
import { trpc } from "~/client/trpc";
import { useWorkspacePath } from "~/client/workspace";
import { Link } from "~/components/link";
import { causeWords, fieldLabels, STOPPED_WORDS } from "../../automations/application-words";
import { changeWords } from "../../automations/change-words";
import { ALL_FIELDS } from "../list-limits";

/** What a rule did to the person, and because of what. */
export function AutomationEntry({ application, isDay }: { application: AutomationApplication; isDay: boolean }) {
  const toPath = useWorkspacePath();
  const canOpen = useCan("admin");
  const fields = trpc.fields.list.useQuery({ limit: ALL_FIELDS });
  const labelOf = fieldLabels(fields.data);
  const { ruleId, ruleName, outcome, changes } = application;
  const at = new Date(application.at);
  return (
    <TimelineEntry
      icon={Zap}
      kind="machine"
      time={
        <time dateTime={application.at} title={formatExactTime(at)}>
          {isDay ? formatClock(at) : formatDay(at, new Date())}
        </time>
      }
      title={
        <>
          Rule:{" "}
          {canOpen ? (
            <Link href={toPath(`/automations/${ruleId}`)} className="link">
              {ruleName}
            </Link>
          ) : (
            ruleName
          )}
        </>
      }
    >
      <p>
        {outcome === "stopped"
          ? STOPPED_WORDS
          : changes.map((change) => changeWords(change, labelOf)).join(" · ") ||
            "Changed what admins of the whole app see"}
        {outcome === "applied" && <> · {causeWords(application)}</>}
      </p>
    </TimelineEntry>
  );
}
