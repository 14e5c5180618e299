import { existsSync, readFileSync } from "node:fs";

type Report = {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  testResults: {
    name: string;
    status: string;
    message: string;
    assertionResults: { status: string; fullName: string }[];
  }[];
};

/**
 * Reads vitest's JSON report into the line that stands last, `N passed, N failed`, and what to say above it. A file
 * that does not even load has no failed test of its own, so it counts as one.
 */
export function summarize(file: string): { line: string; problems: string[] } {
  if (!existsSync(file)) return { line: "0 passed, 1 failed", problems: ["vitest ended without a report"] };
  const report = JSON.parse(readFileSync(file, "utf8")) as Report;
  const failed = report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.filter(({ status }) => status === "failed").map(({ fullName }) => `${name}: ${fullName}`),
  );
  const broken = report.testResults
    .filter(
      ({ status, assertionResults }) =>
        status === "failed" && !assertionResults.some((test) => test.status === "failed"),
    )
    .map(({ name, message }) => `${name}: ${message.split("\n")[0]}`);
  const skipped = report.numPendingTests > 0 ? `, ${report.numPendingTests} skipped` : "";
  return {
    line: `${report.numPassedTests} passed, ${failed.length + broken.length} failed${skipped}`,
    problems: [...failed, ...broken],
  };
}
