import { relative } from "node:path";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * What takes longest, journeys in a browser between files that mostly wait, so that processors have work all the time
 * and no long file is left for the end. A matter of speed alone: what is not here comes later.
 */
const LONGEST = [
  "apps/web/e2e/frame",
  "apps/worker/src/worker-kills",
  "apps/web/e2e/settings",
  "apps/worker/src/campaign-give-up",
  "apps/web/e2e/campaigns",
  "tooling/chaos/chaos",
  "apps/web/e2e/segments",
  "packages/job-engine/src/crash",
  "packages/db/src/embedded",
  "apps/web/e2e/held-campaigns",
  "tooling/start/run-instance",
  "apps/web/src/server/conformance/conformance",
  "apps/web/e2e/contacts",
  "apps/web/src/server/conformance/fuzz",
  "packages/job-engine/src/conformance/flow-control",
  "apps/web/e2e/scripts",
  "apps/worker/src/worker-restart",
  "apps/worker/src/campaign-sweep",
  "apps/web/e2e/tickets",
  "tooling/bench/bench",
  "tooling/hostile-scripts/hostile-scripts",
  "apps/web/e2e/my-email",
  "apps/web/src/server/conformance/samples",
  "packages/job-engine/src/conformance/triggers",
  "packages/job-engine/src/timeouts",
  "packages/job-engine/src/concurrency",
  "apps/web/e2e/live-campaigns",
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
