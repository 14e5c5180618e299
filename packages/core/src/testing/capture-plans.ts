import type { TestDatabase } from "@hustings/db/test-database";
import { Client } from "pg";

/** A node of a plan as EXPLAIN (ANALYZE, FORMAT JSON) has it. */
export type PlanNode = {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Name"?: string;
  "Actual Rows": number;
  "Actual Loops": number;
  Plans?: PlanNode[];
};
export type CapturedPlan = { query: string; nodes: PlanNode[] };

/**
 * Records how Postgres carried out every statement, as core sends them, through the auto_explain module, which it
 * switches on for the database's new connections. Call it before the first query.
 *
 * @returns a function that hands over what has run since its last call.
 */
export async function capturePlans(database: TestDatabase): Promise<() => CapturedPlan[]> {
  await switchOn(database.url);
  let captured: CapturedPlan[] = [];
  database.pool.on("connect", (client) => {
    client.on("notice", ({ message = "" }) => {
      const at = message.indexOf(PLAN_FOLLOWS);
      if (at < 0) return;
      const plan = JSON.parse(message.slice(at + PLAN_FOLLOWS.length)) as { "Query Text": string; Plan: PlanNode };
      captured.push({ query: plan["Query Text"], nodes: flatten(plan.Plan) });
    });
  });
  return () => {
    const plans = captured;
    captured = [];
    return plans;
  };
}

const PLAN_FOLLOWS = "plan:\n";

const SETTINGS = {
  session_preload_libraries: "auto_explain",
  "auto_explain.log_min_duration": "0",
  "auto_explain.log_analyze": "on",
  "auto_explain.log_timing": "off",
  "auto_explain.log_format": "json",
  "auto_explain.log_level": "notice",
  max_parallel_workers_per_gather: "0",
};

async function switchOn(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const name = client.escapeIdentifier(client.database ?? "");
  for (const [setting, value] of Object.entries(SETTINGS))
    await client.query(`alter database ${name} set ${setting} = ${client.escapeLiteral(value)}`);
  await client.end();
}

const flatten = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(flatten)];
