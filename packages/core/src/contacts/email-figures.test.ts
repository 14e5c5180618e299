import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readRow, sendOne } from "../testing/sent-message";
import { createTestWorkspace } from "../testing/workspace";
import { getEmailFigures } from "./email-figures";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

it("counts what the contact got of this workspace, and what people did with it", async () => {
  const { ctx } = await createTestWorkspace(database);
  const sent = await sendOne(ctx);
  const { sentAt } = await readRow(ctx, sent);
  const at = new Date("2026-11-02T10:00:00.000Z");
  const key = { contactId_campaignId: { contactId: sent.contactId, campaignId: sent.campaignId } };
  await ctx.db.campaignEmail.update({ where: key, data: { openedAt: at, verifiedOpenedAt: at, clickedAt: at } });
  expect(await getEmailFigures(ctx, { id: sent.contactId })).toEqual({
    sent: 1,
    opened: 1,
    clicked: 0,
    lastSentAt: sentAt?.toISOString(),
  });

  const { ctx: other } = await createTestWorkspace(database);
  await expect(getEmailFigures(other, { id: sent.contactId })).rejects.toMatchObject({ kind: "not_found" });
  await other.db.contactWorkspace.create({ data: { contactId: sent.contactId, workspaceId: other.workspaceId } });
  expect(await getEmailFigures(other, { id: sent.contactId })).toMatchObject({ sent: 0, lastSentAt: null });
});
