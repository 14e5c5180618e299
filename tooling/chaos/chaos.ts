import { randomInt } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { type ChaosReport, runChaos } from "./run-chaos";

const USAGE = `npm run chaos [-- OPTIONS]

Sends a campaign through a MailerSend of its own while workers, web and Postgres are killed, the provider fails, clocks
jump and somebody pauses and resumes; then compares, person by person, what arrived with what the ledger says.

  --recipients N   people to send to, at least 100 (100,000 unless set)
  --kills N        kills -9 (50 unless set)
  --seed N         what is killed and disturbed when, as an earlier run printed it (drawn unless set)
  --keep           keeps data, logs and evidence also when all went well`;

const { values } = parseArgs({
  options: {
    recipients: { type: "string", default: "100000" },
    kills: { type: "string", default: "50" },
    seed: { type: "string", default: String(randomInt(2 ** 31)) },
    keep: { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  },
});
const toCount = (text: string) => Number(text.replaceAll(/[,_]/g, "") || Number.NaN);
const [recipients, kills, seed] = [toCount(values.recipients), toCount(values.kills), toCount(values.seed)];

if (values.help || ![recipients, kills, seed].every(Number.isInteger) || recipients < 100 || kills < 0) {
  console.log(USAGE);
  process.exitCode = values.help ? 0 : 2;
} else {
  process.exitCode = await main();
}

async function main(): Promise<number> {
  const directory = mkdtempSync(path.join(tmpdir(), "hustings-chaos-"));
  // What it started ends with this process.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));
  const again = `npm run chaos -- --recipients ${recipients} --kills ${kills} --seed ${seed}`;
  console.log(`seed ${seed}: ${again}\nload ${loadavg()[0]?.toFixed(1)} (1 minute)`);
  const started = performance.now();
  try {
    const report = await runChaos({ recipients, kills, seed, directory, say: console.log });
    console.log(describe(report, (performance.now() - started) / 1_000));
    if (report.problems.length === 0) {
      if (!values.keep) rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
      console.log(`Held: nobody twice, nobody lost, the equation at every sample.`);
      return 0;
    }
    console.error(`Broken:\n${report.problems.map((problem) => `  ${problem}`).join("\n")}`);
  } catch (error) {
    console.error("Broken:", error);
  }
  console.error(`Data, logs, timeline, ledger and mailbox lie in ${directory}. Again: ${again}`);
  return 1;
}

function describe({ killed, samples, shown, mails, calls, failedCalls, events }: ChaosReport, seconds: number): string {
  const dead = Object.entries(killed).map(([victim, times]) => `${victim} ${times}×`);
  return [
    `${recipients} recipients, ${mails} mails in the provider's mailbox after ${Math.round(seconds)} s`,
    `killed: ${dead.join(", ")}`,
    `${calls} calls to the provider, ${failedCalls} of them failed; ${events} events told, many twice`,
    `the equation was looked at ${samples} times in the database and ${shown} times over REST`,
  ].join("\n");
}
