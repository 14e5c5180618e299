import { writeFileSync } from "node:fs";
import { runStep, type Say } from "../start/progress";
import { measureAutomations } from "./automations";
import { measureCampaignMemory } from "./campaign-memory";
import { measureCampaigns } from "./campaigns";
import { measureDeliveries } from "./deliveries";
import { readLoad, renderDocument } from "./document";
import { measureEngine } from "./engine";
import { measureImportMemory } from "./import-memory";
import { measureImports } from "./imports";
import { type Installation, openInstallation } from "./installation";
import { measureLists } from "./lists";
import { measureLiveCampaigns } from "./live-campaigns";
import { type Row, renderTable } from "./report";
import { measureRest } from "./rest";
import { measureSearch } from "./search";
import { measureSegments } from "./segments";
import { measureWebhook } from "./webhook";

/** What can be measured alone, in the order of a whole run: imports come last, since they add contacts. */
export const GROUPS: Record<string, (installation: Installation) => Promise<Row[]>> = {
  lists: measureLists,
  search: measureSearch,
  segments: measureSegments,
  campaigns: measureCampaigns,
  "live-campaigns": measureLiveCampaigns,
  engine: measureEngine,
  webhook: measureWebhook,
  deliveries: measureDeliveries,
  rest: measureRest,
  imports: measureImports,
  automations: measureAutomations,
};

/** Measured alone and only when asked for: they build and start the whole app, and take their time. */
const ALONE: Record<string, (options: BenchOptions) => Promise<Row[]>> = {
  "import-memory": ({ fileBytes = 1_000_000_000, say }) => measureImportMemory(fileBytes, say),
  "campaign-memory": ({ recipients = 1_000_000, say }) => measureCampaignMemory(recipients, say),
};
export const ALONE_NAMES = Object.keys(ALONE);

/** Target 12 is no time. */
const PLAN_GUARDS: Row = {
  number: "12",
  measure: "Plans: indexes used, no large sort",
  measured: "asserted",
  limit: "packages/core/src/contacts/plans.test.ts, segments/segment-plans.test.ts",
  ratio: null,
  target: null,
  verdict: "tests",
};

export type BenchOptions = {
  contacts: number;
  /** One group of `GROUPS`, or one of `ALONE_NAMES`. */
  only?: string | undefined;
  /** Of the large file of `import-memory`. */
  fileBytes?: number;
  /** Of the large campaign of `campaign-memory`. */
  recipients?: number;
  /** Where the document goes; nowhere unless set. */
  out?: string | undefined;
  /** A sentence for the document. */
  note?: string | undefined;
  say: Say;
};

/** Runs the groups one after the other, prints the table and writes the document. @returns the table's rows. */
export async function runBench(options: BenchOptions): Promise<Row[]> {
  const { contacts, only, out, note, say } = options;
  const alone = ALONE[only ?? ""];
  if (alone) {
    const rows = await runStep(`measuring ${only}`, () => alone(options), say);
    say(renderTable(rows));
    return rows;
  }
  const [startedAt, load] = [new Date(), readLoad()];
  const making = `making ${contacts.toLocaleString("en")} contacts`;
  const installation = await runStep(making, () => openInstallation(contacts), say);
  try {
    const rows: Row[] = only ? [] : [PLAN_GUARDS];
    for (const [name, measure] of Object.entries(GROUPS)) {
      if (only && only !== name) continue;
      const measured = await runStep(`measuring ${name}`, () => measure(installation), say);
      for (const row of measured) say(`    ${row.measure}: ${row.measured}; ${row.limit}`);
      rows.push(...measured);
    }
    rows.sort((a, b) => (Number(a.number) || Infinity) - (Number(b.number) || Infinity));
    say(renderTable(rows));
    const { postgresVersion } = installation;
    if (out) writeFileSync(out, renderDocument(rows, { contacts, postgresVersion, note, startedAt, load }));
    return rows;
  } finally {
    await installation.close();
  }
}
