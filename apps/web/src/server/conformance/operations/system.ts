import type { Rows } from "../row";

export const systemRows: Rows = [
  { operation: "GET /api/openapi.json", auth: "none", status: 200, errors: [401] },
  { operation: "GET /api/health", auth: "none", status: 200, errors: [401] },
  { operation: "GET /api/ready", auth: "none", status: 200, errors: [401] },
];
