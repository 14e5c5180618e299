import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { listContactsInput } from "@hustings/contracts/contacts";
import { getContact, listContacts } from "@hustings/core/contacts/queries";
import { sendRequest } from "../../apps/web/src/server/testing/send-request";
import { openFrontDoor } from "./front-door";
import type { Installation } from "./installation";
import { interleave, repeating } from "./measure";
import { ms, type Row } from "./report";

const ROUNDS = 7;
/** Requests of one round, one after the other. */
const REQUESTS = 50;

/** What REST costs on top of Node's own server: the same contact, asked for by its id, with an API key or without anything. */
export async function measureRest({ large: { ctx, database } }: Installation): Promise<Row[]> {
  const [contact] = (await listContacts(ctx, listContactsInput.parse({ pageSize: 1 }))).contacts;
  if (!contact) throw new Error("There is no contact to ask for");
  const frontDoor = await openFrontDoor(database, ctx);
  const fromMemory = await openBareServer(async () => contact);
  const fromCore = await openBareServer(() => getContact(ctx, { id: contact.id }));
  try {
    const many = (ask: () => Promise<unknown>) =>
      repeating(async () => {
        for (let request = 0; request < REQUESTS; request++) await ask();
      });
    const times = await interleave(ROUNDS, {
      rest: many(() => frontDoor.get(`/api/contacts/${contact.id}`)),
      memory: many(fromMemory.ask),
      core: many(fromCore.ask),
    });
    const each = { rest: times.rest / REQUESTS, memory: times.memory / REQUESTS, core: times.core / REQUESTS };
    const toRow = (limit: number, what: string): Row => ({
      number: "",
      measure: "REST: one contact by its id and an API key",
      measured: ms(each.rest),
      limit: `${ms(limit)}: ${what}`,
      ratio: each.rest / limit,
      target: null,
    });
    return [
      toRow(each.core, "bare Node with the same query, nobody checked"),
      toRow(each.memory, "bare Node with the same answer from memory"),
    ];
  } finally {
    fromMemory.close();
    fromCore.close();
    await frontDoor.close();
  }
}

/** Node's server and nothing else: an answer as JSON. */
async function openBareServer(
  answer: () => Promise<unknown>,
): Promise<{ ask: () => Promise<unknown>; close: () => void }> {
  const server = createServer((_, res) => {
    answer().then(
      (body) => res.setHeader("content-type", "application/json").end(JSON.stringify(body)),
      (error: Error) => res.destroy(error),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    ask: async () => (await sendRequest(port, "GET", "/")).json(),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
