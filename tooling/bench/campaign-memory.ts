import { setTimeout as delay } from "node:timers/promises";
import { createDatabase } from "@hustings/db/client";
import { insertRecipients } from "../../apps/worker/src/testing/insert-recipients";
import type { Say } from "../start/progress";
import type { Row } from "./report";
import { openWholeInstance, type WholeInstance } from "./whole-instance";

const FEW_RECIPIENTS = 10_000;
/** What many recipients may take more than few: what a heap that is collected seldom differs by anyway. */
const ALLOWED_BYTES = 64 * 1024 * 1024;
const SAY_EVERY_MS = 30_000;

type Sent = { recipients: number; peak: number; seconds: number };

/** Peak memory of the worker for a campaign to many against one to few, each in an installation of its own. */
export async function measureCampaignMemory(recipients: number, say: Say): Promise<Row[]> {
  const few = await sendInFresh(FEW_RECIPIENTS, say);
  const many = await sendInFresh(recipients, say);
  const growth = many.peak - few.peak;
  return [
    {
      number: "15",
      measure: `Peak memory of the worker while a campaign is sent: at most ${mebibytes(ALLOWED_BYTES)} more`,
      measured: describe(many),
      limit: describe(few),
      ratio: many.peak / few.peak,
      target: null,
      verdict: `${growth <= ALLOWED_BYTES ? "held" : "missed"}: ${mebibytes(growth)} more`,
    },
  ];
}

async function sendInFresh(recipients: number, say: Say): Promise<Sent> {
  const instance = await openWholeInstance();
  try {
    await addPeople(instance, recipients);
    const started = performance.now();
    const { id } = await call<{ id: string }>(instance, "POST", "/campaigns", {
      ...{ name: "Bench", subject: "Hello {{ contact.firstName }}", body: "<p>Hello {{ contact.firstName }}</p>" },
    });
    await call(instance, "POST", `/campaigns/${id}/send`, {});
    for (let said = started; ; await delay(500)) {
      const { status } = await call<{ status: string }>(instance, "GET", `/campaigns/${id}`);
      if (status === "sent") break;
      if (performance.now() - said < SAY_EVERY_MS) continue;
      said = performance.now();
      const { sent } = await call<{ sent: number }>(instance, "GET", `/campaigns/${id}/stats`);
      say(`    ${sent.toLocaleString("en")} of ${recipients.toLocaleString("en")} sent`);
    }
    const seconds = Math.round((performance.now() - started) / 1_000);
    return { recipients, peak: instance.readPeaks().worker, seconds };
  } finally {
    await instance.close();
  }
}

async function addPeople({ databaseUrl }: WholeInstance, count: number): Promise<void> {
  const database = createDatabase(databaseUrl, { maxConnections: 1, statementTimeoutMs: 0 });
  try {
    const { id } = await database.prisma.workspace.findFirstOrThrow({ where: { slug: "demo" } });
    await insertRecipients(database, id, count);
  } finally {
    await database.close();
  }
}

async function call<Body>({ url, rawKey }: WholeInstance, method: string, path: string, body?: object): Promise<Body> {
  const response = await fetch(`${url}/api${path}`, {
    method,
    headers: { authorization: `Bearer ${rawKey}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} is answered ${response.status}: ${text}`);
  return JSON.parse(text) as Body;
}

const mebibytes = (bytes: number): string => `${Math.round(bytes / 1024 ** 2)} MiB`;
const describe = ({ recipients, peak, seconds }: Sent): string =>
  `${mebibytes(peak)} at ${recipients.toLocaleString("en")} recipients in ${seconds} s`;
