import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { summarize } from "./test-summary";

const directory = mkdtempSync(path.join(tmpdir(), "hustings-summary-"));
afterAll(() => rmSync(directory, { recursive: true }));

test("a test that failed and a file that did not load both count", () => {
  const file = path.join(directory, "report.json");
  const report = {
    numPassedTests: 3,
    numFailedTests: 1,
    numPendingTests: 2,
    testResults: [
      { name: "a.test.ts", status: "passed", message: "", assertionResults: [{ status: "passed", fullName: "works" }] },
      {
        name: "b.test.ts",
        status: "failed",
        message: "",
        assertionResults: [{ status: "failed", fullName: "breaks" }],
      },
      { name: "c.test.ts", status: "failed", message: "Cannot find module\n at …", assertionResults: [] },
    ],
  };
  writeFileSync(file, JSON.stringify(report));
  expect(summarize(file)).toEqual({
    line: "3 passed, 2 failed, 2 skipped",
    problems: ["b.test.ts: breaks", "c.test.ts: Cannot find module"],
  });
});

test("no report is a failure", () => {
  expect(summarize(path.join(directory, "missing.json")).line).toBe("0 passed, 1 failed");
});
