import { join, type Sql, sql } from "@hustings/db/client";
import { Misfit, readOneOrMany } from "../filter-values";
import { COST, type Compiled, type FilterScope, isInScope } from "./compiled";

/**
 * What may be asked about a campaign, with the time that a recipient's row has for it. Opened and clicked is who did it,
 * not their mail programs.
 */
const OUTCOMES = {
  sent: sql`e.sent_at is not null`,
  delivered: sql`e.delivered_at is not null`,
  opened: sql`e.verified_opened_at is not null`,
  clicked: sql`e.verified_clicked_at is not null`,
  bounced: sql`e.bounced_at is not null`,
  opened_or_machine: sql`e.opened_at is not null`,
  clicked_or_machine: sql`e.clicked_at is not null`,
} as const;
type Outcome = keyof typeof OUTCOMES;

export const CAMPAIGN_OUTCOMES = Object.keys(OUTCOMES) as Outcome[];

/** As a condition reads it: “was opened, machines included”. */
export const outcomeWords = (outcome: Outcome): string => outcome.replace("_or_machine", ", machines included");

/** What became of a campaign's email to this person. Another workspace's campaign, or none, reached nobody. */
export function compileCampaign(scope: FilterScope, campaignId: string, value: unknown): Compiled {
  const outcomes = readOneOrMany(value, readOutcome).map((outcome): Sql => OUTCOMES[outcome]);
  if (outcomes.length === 0) return { sql: sql`false`, cost: COST.history, isTwoValued: true };
  return {
    sql: sql`exists (select 1 from campaign_emails e where e.contact_id = c.id
      and e.campaign_id = (select k.id from campaigns k where k.id = ${campaignId}::uuid and ${isInScope(scope, sql`k.workspace_id`)})
      and (${join(outcomes, " or ")}))`,
    cost: COST.history,
    isTwoValued: true,
  };
}

function readOutcome(value: unknown): Outcome {
  const outcome = CAMPAIGN_OUTCOMES.find((each) => each === value);
  if (!outcome) throw new Misfit("value", `must be one of ${CAMPAIGN_OUTCOMES.join(", ")}`);
  return outcome;
}
