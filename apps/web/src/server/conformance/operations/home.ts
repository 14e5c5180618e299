import type { Rows } from "../row";

export const homeRows: Rows = [{ operation: "GET /api/home", auth: "viewer", status: 200, errors: [401, 403] }];
