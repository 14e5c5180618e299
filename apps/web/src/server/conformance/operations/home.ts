import type { Rows } from "../row";

export const homeRows: Rows = [
  {
    operation: "GET /api/home",
    auth: "viewer",
    status: 200,
    errors: [400, 401, 403],
    given: () => ({}),
    refused: () => [{ query: { days: "7" }, details: ["days"] }],
  },
];
