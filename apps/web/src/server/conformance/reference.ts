import type { AuthLevel } from "@hustings/api/trpc";

/** Who may call, in the words of the reference. */
type WrittenLevel = "No auth" | "Session" | "Admin" | "Workspace Admin" | "Signature";

/** An operation as the reference writes it down, and who may call it, as it was settled. */
export type ReferenceRow = readonly [
  operation: `${"GET" | "POST" | "PUT" | "DELETE"} /api/${string}`,
  written: WrittenLevel,
  /** "No auth" would hand personal data to anyone, and "Admin" is of a workspace or of the installation. */
  settled: AuthLevel,
  status: 200 | 201 | 302,
  errors: readonly (400 | 403 | 404 | 409)[],
];

/**
 * The 87 operations of the reference that this API keeps to the letter, in its order. Written out from its text and
 * from nothing of ours: what the contracts and the router say is compared with this.
 */
export const reference: readonly ReferenceRow[] = [
  ["GET /api/contacts", "No auth", "open", 200, []],
  ["POST /api/contacts", "No auth", "open", 201, [400, 409]],
  ["GET /api/contacts/{id}", "No auth", "open", 200, [404]],
  ["PUT /api/contacts/{id}", "No auth", "open", 200, [400, 404]],
  ["DELETE /api/contacts/{id}", "Workspace Admin", "admin", 200, [403, 404]],
  ["POST /api/contacts/import", "No auth", "open", 200, [400]],
  ["GET /api/contacts/{id}/interactions", "No auth", "open", 200, [404]],
  ["POST /api/contacts/{id}/interactions", "No auth", "open", 201, [400, 404]],
  ["GET /api/contacts/{id}/tags", "No auth", "open", 200, [404]],
  ["POST /api/contacts/{id}/tags", "No auth", "open", 200, [400, 404]],
  ["DELETE /api/contacts/{id}/tags", "No auth", "open", 200, [400]],
  ["GET /api/contacts/tags", "No auth", "open", 200, []],

  ["DELETE /api/interactions/{id}", "No auth", "open", 200, [404]],

  ["GET /api/tags", "No auth", "open", 200, []],
  ["POST /api/tags", "No auth", "open", 201, [400, 409]],
  ["PUT /api/tags/{id}", "No auth", "open", 200, [404]],
  ["DELETE /api/tags/{id}", "No auth", "open", 200, [404]],

  ["GET /api/fields", "No auth", "open", 200, []],
  ["POST /api/fields", "No auth", "open", 201, [400, 409]],
  ["PUT /api/fields/{id}", "No auth", "open", 200, [404]],
  ["DELETE /api/fields/{id}", "No auth", "open", 200, [404]],

  ["GET /api/segments", "Session", "viewer", 200, []],
  ["POST /api/segments", "Admin", "admin", 201, [400]],
  ["GET /api/segments/{id}", "Session", "viewer", 200, [404]],
  ["PUT /api/segments/{id}", "Admin", "admin", 200, [404]],
  ["DELETE /api/segments/{id}", "Admin", "admin", 200, [404]],
  ["POST /api/segments/preview", "Session", "viewer", 200, [400]],

  ["GET /api/campaigns", "Session", "viewer", 200, []],
  ["POST /api/campaigns", "Admin", "admin", 201, [400]],
  ["GET /api/campaigns/{id}", "Session", "viewer", 200, [404]],
  ["PUT /api/campaigns/{id}", "Admin", "admin", 200, [404]],
  ["DELETE /api/campaigns/{id}", "Admin", "admin", 200, [404]],
  ["POST /api/campaigns/{id}/send", "Admin", "admin", 200, [400, 404]],
  ["POST /api/campaigns/{id}/preview", "Admin", "admin", 200, [400]],
  ["GET /api/campaigns/{id}/emails", "Session", "viewer", 200, []],
  ["GET /api/campaigns/unsubscribe-status", "Admin", "admin", 200, []],

  ["GET /api/scripts", "Admin", "admin", 200, []],
  ["POST /api/scripts", "Admin", "admin", 201, [400]],
  ["GET /api/scripts/{id}", "Admin", "admin", 200, [404]],
  ["PUT /api/scripts/{id}", "Admin", "admin", 200, [404]],
  ["DELETE /api/scripts/{id}", "Admin", "admin", 200, [404]],
  ["POST /api/scripts/{id}/run", "Admin", "admin", 200, []],
  ["GET /api/scripts/{id}/runs", "Admin", "admin", 200, []],

  ["GET /api/automations", "Admin", "admin", 200, []],
  ["POST /api/automations", "Admin", "admin", 201, [400]],
  ["GET /api/automations/{id}", "Admin", "admin", 200, [404]],
  ["PUT /api/automations/{id}", "Admin", "admin", 200, [404]],
  ["DELETE /api/automations/{id}", "Admin", "admin", 200, [404]],
  ["POST /api/automations/{id}/run", "Admin", "admin", 200, [404]],

  ["GET /api/users", "Admin", "globalAdmin", 200, []],
  ["PUT /api/users/{id}", "Admin", "globalAdmin", 200, [400, 404]],

  ["GET /api/api-keys", "Workspace Admin", "admin", 200, []],
  ["POST /api/api-keys", "Workspace Admin", "admin", 201, [400]],
  ["DELETE /api/api-keys/{id}", "Workspace Admin", "recordAdmin", 200, [403, 404]],

  ["GET /api/support-tickets", "Session", "session", 200, []],
  ["POST /api/support-tickets", "Session", "session", 201, [400]],
  ["GET /api/support-tickets/{id}", "Session", "session", 200, [404]],
  ["PUT /api/support-tickets/{id}", "Session", "session", 200, [400, 403, 404]],
  ["DELETE /api/support-tickets/{id}", "Admin", "globalAdmin", 200, [403, 404]],
  ["GET /api/support-tickets/{id}/replies", "Session", "session", 200, [404]],
  ["POST /api/support-tickets/{id}/replies", "Session", "session", 201, [400, 404]],
  ["POST /api/support-tickets/{id}/vote", "Session", "session", 200, []],
  ["POST /api/support-tickets/{id}/subscribe", "Session", "session", 200, []],
  ["DELETE /api/support-tickets/{id}/subscribe", "Session", "session", 200, []],
  ["GET /api/support-tickets/unsubscribe", "No auth", "none", 200, [400, 403]],
  ["GET /api/support-tickets/subscribe-all", "Session", "session", 200, []],
  ["POST /api/support-tickets/subscribe-all", "Session", "session", 200, []],
  ["GET /api/support-tickets/stats", "Session", "session", 200, []],

  ["POST /api/webhooks/mailersend", "Signature", "signature", 200, []],
  ["POST /api/webhooks/tally", "Signature", "signature", 200, [400]],

  ["GET /api/auth/gmail", "Session", "session", 302, []],
  ["GET /api/auth/gmail/callback", "Session", "session", 302, []],

  ["GET /api/email-connections", "Session", "session", 200, []],
  ["DELETE /api/email-connections/{id}", "Session", "session", 200, [403, 404]],
  ["PUT /api/email-connections/{id}/settings", "Session", "session", 200, [403, 404]],
  ["GET /api/email-connections/{id}/contacts", "Session", "session", 200, [403, 404]],
  ["POST /api/email-connections/{id}/contacts/import", "Session", "member", 200, [400, 403, 404]],
  ["POST /api/email-connections/{id}/refresh", "Session", "session", 200, [403, 404]],

  ["GET /api/email-contact-settings", "Session", "session", 200, []],
  ["PUT /api/email-contact-settings/{contactId}", "Session", "session", 200, [404]],
  ["PUT /api/email-contact-settings", "Session", "session", 200, [400]],

  ["GET /api/sandbox/status", "No auth", "none", 200, []],
  ["GET /api/sandbox/emails", "Admin", "admin", 200, []],
  ["GET /api/sandbox/emails/{id}", "Admin", "admin", 200, []],
  ["POST /api/sandbox/emails/{id}/simulate", "Admin", "admin", 200, []],
  ["POST /api/sandbox/emails/simulate-bulk", "Admin", "admin", 200, []],
  ["DELETE /api/sandbox/emails", "Admin", "admin", 200, []],
];
