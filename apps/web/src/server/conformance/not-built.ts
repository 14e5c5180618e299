/**
 * Operations of the reference that nothing answers yet, by the number of the issue that each waits for. Whoever
 * builds one takes its line away: `reference.test.ts` compares exactly.
 */
export const notBuilt: Readonly<Record<number, readonly string[]>> = {
  4: [
    "POST /api/webhooks/tally",

    "GET /api/auth/gmail",
    "GET /api/auth/gmail/callback",
    "GET /api/email-connections",
    "DELETE /api/email-connections/{id}",
    "PUT /api/email-connections/{id}/settings",
    "GET /api/email-connections/{id}/contacts",
    "POST /api/email-connections/{id}/contacts/import",
    "POST /api/email-connections/{id}/refresh",
    "GET /api/email-contact-settings",
    "PUT /api/email-contact-settings/{contactId}",
    "PUT /api/email-contact-settings",
  ],
  5: [
    "GET /api/scripts",
    "POST /api/scripts",
    "GET /api/scripts/{id}",
    "PUT /api/scripts/{id}",
    "DELETE /api/scripts/{id}",
    "POST /api/scripts/{id}/run",
    "GET /api/scripts/{id}/runs",

    "GET /api/automations",
    "POST /api/automations",
    "GET /api/automations/{id}",
    "PUT /api/automations/{id}",
    "DELETE /api/automations/{id}",
    "POST /api/automations/{id}/run",
  ],
};
