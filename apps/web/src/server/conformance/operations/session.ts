import { newId } from "@hustings/db/ids";
import type { Rows } from "../row";

export const sessionRows: Rows = [
  { operation: "GET /api/me", auth: "session", status: 200, errors: [401] },
  {
    operation: "PUT /api/me",
    auth: "session",
    status: 200,
    errors: [400, 401],
    given: (world) => ({ body: { currentWorkspaceId: world.a.workspaceId } }),
    refused: (world) => [
      { body: { currentWorkspaceId: newId() }, details: ["currentWorkspaceId: not found"] },
      { body: { currentWorkspaceId: world.b.workspaceId }, details: ["currentWorkspaceId: not found"] },
    ],
  },
  { operation: "GET /api/sign-in-options", auth: "none", status: 200, errors: [401] },
];
