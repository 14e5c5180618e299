/**
 * Operations of the reference that nothing answers yet, by the number of the issue that each waits for. Whoever
 * builds one takes its line away: `reference.test.ts` compares exactly.
 */
export const notBuilt: Readonly<Record<number, readonly string[]>> = {
  5: [
    "GET /api/scripts",
    "POST /api/scripts",
    "GET /api/scripts/{id}",
    "PUT /api/scripts/{id}",
    "DELETE /api/scripts/{id}",
    "POST /api/scripts/{id}/run",
    "GET /api/scripts/{id}/runs",
  ],
};
