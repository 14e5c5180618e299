import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import type { ImportJob, ImportStarted } from "@hustings/contracts/imports";
import type { Say } from "../start/progress";
import type { Row } from "./report";
import { openWholeInstance, type ServiceName, type WholeInstance } from "./whole-instance";

const SMALL_BYTES = 10_000_000;
/** What a large file may take more than a small one, web and worker together. */
const ALLOWED_BYTES = 64 * 1024 * 1024;
/** As other systems export people: most columns are not wanted, and a row is long. */
const MAPPING = { Email: "email", First: "firstName", Last: "lastName", Tags: "tags" };
const UNMAPPED = Array.from({ length: 20 }, (_, index) => `Export column ${index + 1}`);
const PIECE_ROWS = 64;
const SAY_EVERY_MS = 30_000;

type Import = { peaks: Record<ServiceName, number>; rows: number; seconds: number };

/** Peak memory of web and worker for a large file against a small one, each in an installation of its own. */
export async function measureImportMemory(largeBytes: number, say: Say): Promise<Row[]> {
  const small = await importIntoFresh(SMALL_BYTES, say);
  const large = await importIntoFresh(largeBytes, say);
  const toRow = (measure: string, read: (one: Import) => number, verdict: string): Row => ({
    number: "",
    measure,
    measured: `${mebibytes(read(large))} at ${megabytes(largeBytes)}, ${describeRows(large)}`,
    limit: `${mebibytes(read(small))} at ${megabytes(SMALL_BYTES)}, ${describeRows(small)}`,
    ratio: read(large) / read(small),
    target: null,
    verdict,
  });
  const together = ({ peaks }: Import) => peaks.web + peaks.worker;
  const growth = together(large) - together(small);
  const verdict = `${growth <= ALLOWED_BYTES ? "held" : "missed"}: ${mebibytes(growth)} more`;
  return [
    toRow("Peak memory of web during an import", ({ peaks }) => peaks.web, "–"),
    toRow("Peak memory of the worker during an import", ({ peaks }) => peaks.worker, "–"),
    toRow(`Both together: at most ${mebibytes(ALLOWED_BYTES)} more`, together, verdict),
  ];
}

async function importIntoFresh(bytes: number, say: Say): Promise<Import> {
  const instance = await openWholeInstance();
  try {
    const started = performance.now();
    const { jobId } = await upload(instance, bytes);
    say(`    ${megabytes(bytes)} stored after ${Math.round((performance.now() - started) / 1_000)} s`);
    const job = await untilEnded(instance, jobId, say);
    if (job.status !== "completed" || job.created !== job.total)
      throw new Error(`The import ended otherwise than it should: ${JSON.stringify(job)}`);
    const seconds = Math.round((performance.now() - started) / 1_000);
    return { peaks: instance.readPeaks(), rows: job.total, seconds };
  } finally {
    await instance.close();
  }
}

async function upload({ url, rawKey }: WholeInstance, bytes: number): Promise<ImportStarted> {
  const boundary = randomUUID();
  const response = await fetch(`${url}/api/contacts/import/file`, {
    method: "POST",
    headers: { Authorization: `Bearer ${rawKey}`, "Content-Type": `multipart/form-data; boundary=${boundary}` },
    body: Readable.toWeb(Readable.from(formPieces(boundary, bytes))) as ReadableStream,
    duplex: "half",
  } as RequestInit);
  if (response.status !== 202) throw new Error(`The upload was answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as ImportStarted;
}

/** The form, made while it is sent: this process holds no file either. */
function* formPieces(boundary: string, bytes: number): Generator<Buffer> {
  const part = (disposition: string) => `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n`;
  yield Buffer.from(`${part('name="options"')}${JSON.stringify({ mapping: MAPPING })}\r\n`);
  yield Buffer.from(part('name="file"; filename="people.csv"'));
  yield Buffer.from(`${[...Object.keys(MAPPING), ...UNMAPPED].join(",")}\n`);
  for (let sent = 0, row = 0; sent < bytes; row += PIECE_ROWS) {
    const piece = Buffer.from(Array.from({ length: PIECE_ROWS }, (_, index) => makeLine(row + index)).join(""));
    sent += piece.length;
    yield piece;
  }
  yield Buffer.from(`\r\n--${boundary}--\r\n`);
}

function makeLine(row: number): string {
  const unmapped = UNMAPPED.map((_, column) => `"What row ${row} says in column ${column}, with a comma"`);
  return `person.${row}@example.org,Anja${row % 700},Kovarik${row % 9000},tag-${row % 20},${unmapped.join(",")}\n`;
}

async function untilEnded({ url, rawKey }: WholeInstance, jobId: string, say: Say): Promise<ImportJob> {
  for (let said = performance.now(); ; await delay(500)) {
    const response = await fetch(`${url}/api/contacts/import/${jobId}`, {
      headers: { Authorization: `Bearer ${rawKey}` },
    });
    const job = (await response.json()) as ImportJob;
    if (job.status !== "queued" && job.status !== "running") return job;
    if (performance.now() - said < SAY_EVERY_MS) continue;
    said = performance.now();
    say(`    ${job.processed.toLocaleString("en")} of ${job.total.toLocaleString("en")} rows`);
  }
}

const mebibytes = (bytes: number): string => `${Math.round(bytes / 1024 ** 2)} MiB`;
const megabytes = (bytes: number): string => `${Math.round(bytes / 1_000_000).toLocaleString("en")} MB`;
const describeRows = ({ rows, seconds }: Import): string => `${rows.toLocaleString("en")} rows in ${seconds} s`;
