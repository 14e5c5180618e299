import type { JobRun } from "@hustings/contracts/jobs";
import type { CoreContext } from "../context";

type Subject = NonNullable<JobRun["subject"]>;
/** What the title of a run is made of. */
export type TitledRun = { functionId: string; events: unknown[] | null };

const FAILURE_SUFFIX = "-failure";

/** `hustings-campaign-send` → `campaign-send`: the app's name is the same for all. */
export const toFunctionName = (functionId: string): string => functionId.replace(/^hustings-/, "");

const TITLES: Record<string, string> = {
  "campaign-send": "Sending campaigns",
  "campaign-batch": "Sending batches",
  "campaign-sweep": "Look after campaigns",
  "contact-import": "Imports",
  "automation-apply": "Automations",
  "automation-run": "Automations run by hand",
  "automation-sweep": "Look after automations",
  "import-sweep": "Look after imports",
  "provider-events": "Events from the mail provider",
  "provider-event-prune": "Forget old events of the mail provider",
  "email-sync": "Reading mailboxes",
  "email-sync-all": "Look after mailboxes",
  "outbox-prune": "Forget sent events",
  "history-prune": "Forget old history",
  "field-indexes": "Indexes for segments",
  "ticket-mail": "Mail about tickets",
  "script-run": "Scripts",
  "script-sweep": "Look after scripts",
};

/** What a function does, in words; one that has none yet goes by its name. */
export function toFunctionTitle(functionId: string): string {
  const name = toFunctionName(functionId);
  if (name.endsWith(FAILURE_SUFFIX))
    return `${toFunctionTitle(name.slice(0, -FAILURE_SUFFIX.length))}: after a failure`;
  const words = name.replaceAll("-", " ");
  return TITLES[name] ?? words.charAt(0).toUpperCase() + words.slice(1);
}

/** What a run does, and to what. */
export function toRunTitle(run: TitledRun, subject: Subject | null): string {
  const name = toFunctionName(run.functionId);
  if (!subject) return toFunctionTitle(run.functionId);
  if (name === "campaign-send") return `Sending “${subject.name}”`;
  const { batchNo } = dataOf(run);
  if (name === "campaign-batch" && typeof batchNo === "number") return `Batch ${batchNo + 1} of “${subject.name}”`;
  if (name === "contact-import") return `Import ${subject.name}`;
  return `${toFunctionTitle(run.functionId)}: ${subject.name}`;
}

/** Finds, in two queries, what runs are about by the ids in their events. */
export async function findSubjects(
  ctx: CoreContext,
  runs: readonly TitledRun[],
): Promise<(run: TitledRun) => Subject | null> {
  const idsOf = (key: "campaignId" | "importId") => [
    ...new Set(
      runs.map((run) => dataOf(run)[key]).filter((id): id is string => typeof id === "string" && UUID.test(id)),
    ),
  ];
  const workspace = { workspace: { select: { slug: true } } };
  const [campaigns, imports] = await Promise.all([
    ctx.db.campaign.findMany({
      where: { id: { in: idsOf("campaignId") } },
      select: { id: true, name: true, ...workspace },
    }),
    ctx.db.import.findMany({
      where: { id: { in: idsOf("importId") } },
      select: { id: true, fileName: true, ...workspace },
    }),
  ]);
  const subjects = new Map<unknown, Subject>([
    ...campaigns.map(
      ({ id, name, workspace: { slug } }) => [id, { kind: "campaign", id, name, workspaceSlug: slug }] as const,
    ),
    ...imports.map(
      ({ id, fileName, workspace: { slug } }) =>
        [id, { kind: "import", id, name: fileName, workspaceSlug: slug }] as const,
    ),
  ]);
  return (run) => {
    const { campaignId, importId } = dataOf(run);
    return subjects.get(campaignId) ?? subjects.get(importId) ?? null;
  };
}

const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** The data of a run's first event; of a failure's event those of the run that failed. */
function dataOf(run: TitledRun): Record<string, unknown> {
  const data = fieldsOf(fieldsOf(run.events?.[0]).data);
  return "event" in data ? fieldsOf(fieldsOf(data.event).data) : data;
}

const fieldsOf = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
