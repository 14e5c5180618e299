import { cpus, loadavg, totalmem, type } from "node:os";
import { isHeld, type Row, renderTable } from "./report";

/** Where and on what a run was made. */
export type Circumstances = {
  contacts: number;
  postgresVersion: string;
  note: string | undefined;
  startedAt: Date;
  load: number;
};

/** The load of this machine before the run adds its own. */
export const readLoad = (): number => loadavg()[0] ?? 0;

/** docs/benchmarks.md of one run. */
export function renderDocument(
  rows: readonly Row[],
  { contacts, postgresVersion, note, startedAt, load }: Circumstances,
): string {
  const judged = rows.filter((row) => isHeld(row) !== null);
  const held = judged.filter((row) => isHeld(row)).length;
  const memory = Math.round(totalmem() / 1024 ** 3);
  return `# Benchmarks

Written by \`npm run bench\`; do not edit it by hand.

| | |
| --- | --- |
| Date | ${startedAt.toISOString().slice(0, 16).replace("T", " ")} UTC |
| Machine | ${cpus().length} × ${cpus()[0]?.model.trim() || "unknown processor"}, ${memory} GB, ${type()} |
| Load before the run | ${load.toFixed(1)} (1 minute) |
| Versions | Node ${process.versions.node}, Postgres ${postgresVersion} (embedded, durable: every commit waits for the disk) |
| Contacts | ${contacts.toLocaleString("en")}, six in ten in the workspace that is asked |
${note ? `\n${note}\n` : ""}
## Measured

${held} of ${judged.length} measures with a target hold it in this run.

${renderTable(rows)}

## How to read it

- Both sides of a line ran in turns in the same run on the same data; a figure is the median. Compare ratios, not
  times: times change with the machine and with what else it does. Only the bounds in ms are absolute.
- The measured side is the product itself: its functions with their checks, transactions and several queries each,
  not single statements. With few contacts those fixed costs weigh more than what is compared.
- Rates and search compare the other way round than times: a ratio of 0.65 is 65 % of the limit's speed, one of 20 is
  twenty times as quick as the scan.
- 1, 2: three in ten rows are about people who are there. The import finds them, writes links and tags; COPY does
  neither. 2 checks every cell besides, over HTTP or from a stored file.
- 6, 7: the segments are saved, so their number and date fields have an index each (docs/adr/0016).
- 9: a claim writes \`sending\` on each of its recipients and waits for the disk, so that nobody is mailed twice after
  a crash; the bound of 2 ms was measured with a lease that writes one row.
- 10: each batch reads stored deliveries, finds their recipients, writes events, recipients' rows and counters. Readers
  open an hour after the arrival; those within seconds of it are looked at for machines, which costs a query more. Over
  HTTP each delivery is a request, signed and checked; its CPU is that of web's process, without sender and Postgres.
- 12: that the indexes are used is asserted by tests, not timed.
- 13: a bare job is taken and completed, two writes; a step is a call of the SDK over loopback and one write, a run of
  one step six writes and more. The engine keeps what it did, to be looked at and gone on with; the queue forgets.
- 14: a message is claimed, rendered and settled besides being stored or handed over, with a wait for the disk each. To
  MailerSend each call of 500 waits half a second before it is asked what became of it, as in production.
- 15 (alone): 64 MiB more is what a heap that is collected seldom differs by anyway. On two cores the worker took 291 MiB
  for 1,000,000 recipients, which were sent to the sandbox in 279 s, and 255 MiB for 10,000.

## See it again

\`\`\`sh
npm run bench                          # 100,000 contacts
npm run bench -- --contacts 1000000    # the size at which the targets were set; some minutes more
npm run bench -- --only search         # one group, printed and not written here
npm run bench -- --only campaign-memory --recipients 1000000    # the same: a campaign through the whole app
\`\`\`

It needs no database of yours: it starts a Postgres of its own in a temporary directory and removes it.
`;
}
