import { createApiKey } from "@hustings/core/api-keys/commands";
import { createTestWorkspace, testCoreContext } from "@hustings/core/testing/workspace";
import type { Arena } from "./arena";
import { createRest, type Rest } from "./rest";

/** What must become of a recipient: mailed, refused by the provider, or on its list of suppressed addresses. */
export type Fate = "mailed" | "refused" | "suppressed";

export type Campaign = {
  id: string;
  rest: Rest;
  /** Of every recipient, by address. */
  fates: ReadonlyMap<string, Fate>;
};

const REFUSED_EVERY = 499;
const SUPPRESSED_EVERY = 97;
const ROWS_PER_INSERT = 20_000;
const SENDER = {
  senderName: "Open Rivers",
  senderEmail: "news@mail.example.org",
  replyTo: "office@rivers.example",
  timeZone: "Europe/Ljubljana",
  postalAddress: "River Street 1, Ljubljana",
};

/** Fills a workspace with people and writes the campaign to them, over REST, with a key of its administrator. */
export async function prepareCampaign(arena: Arena, recipients: number, patienceMs: number): Promise<Campaign> {
  const { database, fake } = arena;
  const core = testCoreContext(database, { apiKeySecret: arena.secrets.API_KEY_SECRET ?? "" });
  const { ctx, workspaceId } = await createTestWorkspace(database, { core });
  await ctx.db.workspace.update({ where: { id: workspaceId }, data: SENDER });
  const { rawKey } = await createApiKey(ctx, { name: "chaos" });

  const fates = new Map(Array.from({ length: recipients }, (_, index) => toPerson(index)));
  const addresses = [...fates.keys()];
  for (let first = 0; first < recipients; first += ROWS_PER_INSERT)
    await database.pool.query(
      `with people as (
         insert into contacts (id, email, first_name, workspace_ids, updated_at)
         select gen_random_uuid(), email, 'Person ' || n, array[$1::uuid], now()
         from unnest($2::text[]) with ordinality p(email, n) returning id)
       insert into contact_workspaces (workspace_id, contact_id) select $1::uuid, id from people`,
      [workspaceId, addresses.slice(first, first + ROWS_PER_INSERT)],
    );
  for (const [address, fate] of fates)
    if (fate === "suppressed") fake.account.suppressions.set(address, "hard_bounced");

  const rest = createRest(arena.url, rawKey, patienceMs);
  const { status, body } = await rest.insist<{ id: string }>("POST", "/campaigns", {
    name: "Chaos",
    subject: "Hi {{ contact.firstName }}",
    body: "<p>Hello {{ contact.firstName }}</p>",
  });
  if (status !== 201) throw new Error(`The campaign was not made: ${status} ${JSON.stringify(body)}`);
  return { id: body.id, rest, fates };
}

function toPerson(index: number): [address: string, fate: Fate] {
  if (index % REFUSED_EVERY === 7) return [`p${index}@nowhere`, "refused"];
  return [`p${index}@example.com`, index % SUPPRESSED_EVERY === 3 ? "suppressed" : "mailed"];
}
