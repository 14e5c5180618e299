import { relative } from "node:path";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * What takes longest, and between those the files of the engine, which mostly wait, so that processors always have work
 * and no long file is left for the end. A matter of speed alone: what is not here comes later.
 */
const LONGEST = [
  "apps/worker/src/worker-kills",
  "apps/web/e2e/frame",
  "packages/job-engine/src/conformance/triggers",
  "tooling/chaos/chaos",
  "apps/web/e2e/settings",
  "packages/job-engine/src/conformance/flow-control",
  "apps/web/e2e/campaigns",
  "apps/web/src/server/conformance/conformance",
  "packages/job-engine/src/crash",
  "tooling/start/run-instance",
  "tooling/bench/bench",
  "packages/job-engine/src/timeouts",
  "tooling/hostile-scripts/hostile-scripts",
  "apps/web/e2e/contacts",
  "packages/job-engine/src/resilience",
  "apps/web/src/server/conformance/fuzz",
  "packages/job-engine/src/throttle",
  "apps/web/e2e/held-campaigns",
  "packages/job-engine/src/batching",
  "apps/web/e2e/segments",
  "packages/job-engine/src/conformance/steps",
  "apps/web/e2e/my-email",
  "packages/job-engine/src/retries",
  "packages/db/src/embedded",
  "packages/job-engine/src/steps",
  "apps/web/src/server/conformance/samples",
  "packages/job-engine/src/debounce",
  "apps/web/e2e/scripts",
  "packages/job-engine/src/cancel",
  "apps/worker/src/worker-restart",
  "packages/job-engine/src/cron",
  "apps/web/e2e/live-campaigns",
  "apps/web/e2e/tickets",
  "apps/worker/src/campaign-give-up",
  "packages/core/src/imports/run-import",
].map((file) => `${file}.test.ts`);

/** Begins with what takes longest. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const place = LONGEST.indexOf(relative(this.ctx.config.root, moduleId).replaceAll("\\", "/"));
      return place < 0 ? LONGEST.length : place;
    };
    return files.sort((a, b) => rank(a) - rank(b) || a.moduleId.localeCompare(b.moduleId));
  }
}
