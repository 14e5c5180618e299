import path from "node:path";
import { parseArgs } from "node:util";
import { ALONE_NAMES, GROUPS, runBench } from "./run-bench";

const USAGE = `npm run bench [-- OPTIONS]

Makes its own data on a Postgres of its own, measures, and writes docs/benchmarks.md.

  --contacts N   contacts to make, at least 2,000 (100,000 unless set)
  --only NAME    one group: ${Object.keys(GROUPS).join(", ")};
                 or, starting the whole app and writing no file, ${ALONE_NAMES.join(" or ")}:
                 the memory of a file of 1 GB, and of a campaign to 1,000,000
  --file-mb N    another size of that file
  --recipients N another size of that campaign
  --note TEXT    a sentence about the machine for the file`;

const { values } = parseArgs({
  options: {
    contacts: { type: "string", default: "100000" },
    only: { type: "string" },
    "file-mb": { type: "string", default: "1000" },
    recipients: { type: "string", default: "1000000" },
    note: { type: "string" },
    help: { type: "boolean", short: "h", default: false },
  },
});
const toCount = (text: string) => Number(text.replaceAll(/[,_]/g, ""));
const [contacts, recipients] = [toCount(values.contacts), toCount(values.recipients)];
const fileBytes = Number(values["file-mb"]) * 1_000_000;
const isKnown = [undefined, ...ALONE_NAMES, ...Object.keys(GROUPS)].includes(values.only);
if (values.help || !isKnown || !(contacts >= 2_000) || !(recipients > 0) || !(fileBytes > 0)) {
  console.log(USAGE);
  process.exitCode = values.help ? 0 : 2;
} else {
  // Ends in order, so that the temporary directory goes with it; Postgres ends with this process by itself.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));
  const out = values.only ? undefined : path.join(import.meta.dirname, "../../docs/benchmarks.md");
  await runBench({ contacts, only: values.only, fileBytes, recipients, out, note: values.note, say: console.log });
}
