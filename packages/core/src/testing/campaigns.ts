import type { CreateCampaignInput } from "@hustings/contracts/campaigns";
import { newId } from "@hustings/db/ids";
import type { TestDatabase } from "@hustings/db/test-database";
import { createCampaign } from "../campaigns/commands";
import { sendBatch } from "../campaigns/send-batch";
import { finishCampaign, listOpenBatches, startCampaign } from "../campaigns/start-campaign";
import type { WorkspaceContext } from "../context";
import { createSandboxTransport } from "../sandbox/sandbox-transport";
import { createTestWorkspace } from "./workspace";

/** A workspace of its own that sends into the sandbox. */
export async function openSandboxWorkspace(database: TestDatabase): Promise<WorkspaceContext> {
  const { ctx } = await createTestWorkspace(database);
  return { ...ctx, ports: { ...ctx.ports, mail: createSandboxTransport(database.prisma) } };
}

/** @returns the ids of `count` new people, each with an address of their own. */
export async function addPeople(ctx: WorkspaceContext, count: number): Promise<string[]> {
  const people = Array.from({ length: count }, (_, index) => ({
    id: newId(),
    email: `p${index}-${newId()}@example.org`,
    firstName: `Person ${index}`,
  }));
  await ctx.db.contact.createMany({ data: people });
  await ctx.db.contactWorkspace.createMany({
    data: people.map(({ id }) => ({ contactId: id, workspaceId: ctx.workspaceId })),
  });
  return people.map(({ id }) => id);
}

const BODY =
  '<p>Hello {{ contact.firstName | default: "friend" }}</p><p><a href="{{ unsubscribeUrl }}">No more</a></p>';

/** A draft to everyone in the workspace. */
export const draftCampaign = (ctx: WorkspaceContext, changes: Partial<CreateCampaignInput> = {}) =>
  createCampaign(ctx, { name: "November", subject: "Hi {{ contact.firstName }}", body: BODY, ...changes });

/** What the jobs do, without the engine. */
export async function runCampaignJobs(ctx: WorkspaceContext, campaignId: string): Promise<void> {
  const { generation } = await ctx.db.campaign.findUniqueOrThrow({ where: { id: campaignId } });
  await startCampaign(ctx, campaignId, generation);
  for (const batchNo of await listOpenBatches(ctx, campaignId, -1, 1_000))
    await sendBatch(ctx, { campaignId, generation, batchNo });
  await finishCampaign(ctx, campaignId);
}

/** Takes a claim in hand and dies when `handedOver` of it got through, as a killed worker does. */
export function dyingIn(ctx: WorkspaceContext, handedOver: number): WorkspaceContext {
  const send: typeof ctx.ports.mail.send = async (messages) => {
    await ctx.ports.mail.send(messages.slice(0, handedOver));
    throw new Error("killed");
  };
  return { ...ctx, ports: { ...ctx.ports, mail: { ...ctx.ports.mail, send } } };
}

/** What the sandbox caught of a campaign, in the order of sending. */
export const listCaught = (ctx: WorkspaceContext, campaignId: string) =>
  ctx.db.sandboxEmail.findMany({ where: { campaignId }, orderBy: { id: "asc" } });
