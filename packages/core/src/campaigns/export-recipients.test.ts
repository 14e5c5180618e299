import { newId } from "@hustings/db/ids";
import { createTestDatabase } from "@hustings/db/test-database";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { WorkspaceContext } from "../context";
import { createTestWorkspace } from "../testing/workspace";
import { EMAIL_STATUS } from "./email-status";
import { exportRecipients } from "./export-recipients";

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let ctx: WorkspaceContext;

beforeAll(async () => {
  database = await createTestDatabase();
  ctx = (await createTestWorkspace(database)).ctx;
});
afterAll(() => database.drop());

async function readRows(of: WorkspaceContext, campaignId: string) {
  let text = "";
  for await (const piece of exportRecipients(of, campaignId)) text += piece;
  return parse(text, { bom: true, columns: true }) as Record<string, string>[];
}

/** A contact of the workspace, unless she has left it. */
async function addPerson(firstName: string, hasLeft = false): Promise<string> {
  const { id } = await database.prisma.contact.create({ data: { firstName } });
  if (!hasLeft)
    await database.prisma.contactWorkspace.create({ data: { contactId: id, workspaceId: ctx.workspaceId } });
  return id;
}

it("writes everyone with what became of it, and names nobody who was erased or has left", async () => {
  const campaign = await database.prisma.campaign.create({
    data: { name: "n", subject: "s", body: "b", workspaceId: ctx.workspaceId, status: "sent" },
  });
  const [ana, bo, gone] = [await addPerson("=Ana"), await addPerson("Bo", true), newId()];
  const sentAt = new Date("2026-11-01T10:00:00Z");
  await database.prisma.campaignEmail.createMany({
    data: [
      { contactId: ana, email: "ana@example.org", status: EMAIL_STATUS.clicked, sentAt, clickedAt: sentAt },
      { contactId: bo, email: "bo@example.org", status: EMAIL_STATUS.failed, error: "no", failedAt: sentAt },
      { contactId: gone, email: null, status: EMAIL_STATUS.bounced, bouncedAt: sentAt },
    ].map((row, batchNo) => ({ ...row, campaignId: campaign.id, batchNo })),
  });
  const at = sentAt.toISOString();
  expect(await readRows(ctx, campaign.id)).toMatchObject([
    { contactId: ana, email: "ana@example.org", firstName: "'=Ana", status: "clicked", sentAt: at, clickedAt: at },
    { contactId: bo, email: "bo@example.org", firstName: "", status: "failed", reason: "no", failedAt: at },
    { contactId: "", email: "", firstName: "", status: "bounced", failedAt: at },
  ]);

  const { ctx: other } = await createTestWorkspace(database);
  await expect(readRows(other, campaign.id)).rejects.toMatchObject({ kind: "not_found" });
});
