import { describeInstance } from "../banner";
import { buildChanged, bundles, generateClient } from "../build";
import { isEmptyDatabase } from "../database";
import { createLocalEnvironment } from "../local-environment";
import { runStep } from "../progress";
import { type InstancePlan, runInstance } from "../run-instance";
import { runQuietly } from "../run-program";
import { followParent, nodeCommand, steadyHeap } from "../service-command";
import { readSettings, type Settings } from "../settings";

/** `npm start`: everything that a first look needs, built as for production. */
export const run = (): Promise<number> => startLocally(readSettings());

/** What `npm start` does, and tells `more` at the end. */
export async function startLocally(settings: Settings, more = ""): Promise<number> {
  const environment = createLocalEnvironment(settings, "production");
  return runInstance({
    settings,
    environment,
    prepare: async (stopping) => {
      await runStep("Generating the database client", () => generateClient(settings.environment, stopping));
      await runStep("Building what changed", () => buildChanged(settings.environment, { stopping }));
    },
    seed: seedWith([process.execPath, bundles.cli], settings),
    services: {
      web: nodeCommand([...followParent, ...steadyHeap, bundles.web]),
      worker: nodeCommand([...followParent, ...steadyHeap, bundles.worker]),
    },
    announce: () => describeInstance(settings, environment) + more,
  });
}

/** Fills an empty database by the command line's `setup`; with the demo on the embedded one. */
export function seedWith(cli: [string, ...string[]], settings: Settings): InstancePlan["seed"] {
  return async (databaseUrl, environment, stopping) => {
    if (!(await isEmptyDatabase(databaseUrl))) return;
    const [what, flags] = settings.databaseUrl ? ["Making the global workspace", []] : ["Making the demo", ["--demo"]];
    await runStep(what, () => runQuietly(what, [...cli, "setup", ...flags], environment, stopping));
  };
}
