import { listOperations } from "@hustings/api/rest/endpoints";
import { appRouter } from "@hustings/api/router";
import { describe, expect, it } from "vitest";
import { beyondReference } from "./beyond-reference";
import { requiredRole } from "./calls";
import { documentedStatuses } from "./documented";
import { reference } from "./reference";
import type { Row } from "./row";
import { table } from "./table";

const named = reference.map(([operation]) => operation as string);
const answered = listOperations(appRouter).map(({ method, path }) => `${method} ${path}`);

/** Whether the walks of `conformance.test.ts` provoke a failure, by the row or by what follows from it. */
function isProvoked(row: Row, status: number): boolean {
  if (status === 400) return row.refused !== undefined;
  if (status === 403) return row.forbidden !== undefined || requiredRole(row) !== undefined;
  if (status === 404) return row.operation.includes("{");
  return status === 409 && row.conflicting !== undefined;
}

describe("the reference", () => {
  it("has 87 operations", () => {
    expect(new Set(named).size).toBe(87);
    expect(named).toHaveLength(87);
  });

  it("is answered whole", () => {
    expect(named.filter((operation) => !answered.includes(operation))).toEqual([]);
  });

  it("is all there is, but for what is named as beyond it", () => {
    expect(answered.filter((operation) => !named.includes(operation)).sort()).toEqual([...beyondReference].sort());
  });

  it.each(reference)("%s is kept: who may call, its status, and a case for every failure", (...written) => {
    const [operation, , auth, status, errors] = written;
    const row = table.find((one) => one.operation === operation);
    if (!row) throw new Error(`No row stands for ${operation}`);
    expect({ auth: row.auth, status: row.status }).toEqual({ auth, status });
    expect(errors.filter((error) => !row.errors.includes(error) || !isProvoked(row, error))).toEqual([]);
  });
});

describe("docs/openapi.json", () => {
  it.each(table.map((row) => [row.operation, row] as const))("says the statuses of %s", (_, row) => {
    expect(documentedStatuses(row.operation)).toEqual(expect.arrayContaining([row.status, ...row.errors]));
    expect(documentedStatuses(row.operation).filter((status) => status < 400)).toEqual([row.status]);
  });
});
