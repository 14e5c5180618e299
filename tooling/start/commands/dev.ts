import { watch } from "node:fs";
import path from "node:path";
import { describeInstance } from "../banner";
import { generateClient } from "../build";
import { createLocalEnvironment } from "../local-environment";
import { runStep } from "../progress";
import { type InstancePlan, runInstance } from "../run-instance";
import type { Service } from "../service";
import { followParent, nodeCommand, runTypeScript } from "../service-command";
import { type Environment, readSettings, root, type Settings } from "../settings";
import { seedWith } from "./start";

/** An editor saves in several steps, and a formatter after it. */
const SETTLE_MS = 200;
const serverCode = ["api", "auth", "contracts", "core", "crypto", "db", "email", "logger"].map(
  (name) => `packages/${name}/src`,
);

/** `npm run dev`: as `npm start`, from the sources, reloading. Pages reload through Next; the rest restarts. */
export async function run(): Promise<number> {
  const settings = readSettings();
  return runInstance(planDevelopment(settings, createLocalEnvironment(settings, "development")));
}

/** Web and worker from their sources, reloading. */
export function planDevelopment(settings: Settings, environment: Environment): InstancePlan {
  const node = (file: string) => nodeCommand([...followParent, ...runTypeScript, path.join(root, file)]);
  return {
    settings,
    environment,
    prepare: (stopping) =>
      runStep("Generating the database client", () => generateClient(settings.environment, stopping)),
    seed: seedWith(nodeCommand([...runTypeScript, path.join(root, "apps/cli/src/cli.ts")]), settings),
    services: { web: node("apps/web/server.ts"), worker: node("apps/worker/src/worker.ts") },
    announce: () => describeInstance(settings, environment),
    attend: ({ web, worker }) => {
      const undo = [
        restartOnChange(web, [...serverCode, "apps/web/server.ts", "apps/web/src/server"]),
        restartOnChange(worker, [...serverCode, "packages/jobs/src", "packages/job-engine/src", "apps/worker/src"]),
      ];
      return () => {
        for (const stop of undo) stop();
      };
    },
  };
}

function restartOnChange(service: Service, places: string[]): () => void {
  let timer: NodeJS.Timeout | undefined;
  const onChange = (_event: string, file: string | null) => {
    if (file && (/\.test\.tsx?$/.test(file) || file.includes("generated"))) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      console.log(`↻ ${service.name} restarts: ${file ?? "a file"} changed`);
      service.restart();
    }, SETTLE_MS);
  };
  const watchers = places.map((place) =>
    watch(path.join(root, place), { recursive: !place.endsWith(".ts") }, onChange),
  );
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}
