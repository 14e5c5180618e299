import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { fieldErrors } from "@hustings/api/errors";
import { enterWorkspace } from "@hustings/api/procedures";
import type { RawHandler } from "@hustings/api/rest/handler";
import { createQueryReader } from "@hustings/api/rest/query";
import { type ExportContactsInput, exportContactsInput } from "@hustings/contracts/contacts";
import { exportContacts } from "@hustings/core/contacts/export";
import { invalid } from "@hustings/core/errors";
import type { RawRoutes } from "./registered-routes";

/** The list of contacts as a file. */
export const contactStreams = (): RawRoutes => ({ "contacts.export": sendExport });

const readQuery = createQueryReader(exportContactsInput, []);

const sendExport: RawHandler = async ({ req, res, query, context }) => {
  const workspace = await enterWorkspace(context, "viewer");
  const pieces = exportContacts(workspace, toInput(query));
  // What can be refused is refused here, while there is still a status to say it with.
  const first = await pieces.next();
  const day = context.core.ports.now().toISOString().slice(0, 10);
  res.setHeader("content-type", "text/csv; charset=utf-8");
  res.setHeader("content-disposition", `attachment; filename="contacts-${day}.csv"`);
  if (req.method === "HEAD") {
    await pieces.return(undefined);
    return void res.end();
  }
  await pipeline(Readable.from(follow(first, pieces), { objectMode: false }), res);
};

/** @throws DomainError `invalid` with every wrong parameter. */
function toInput(query: URLSearchParams): ExportContactsInput {
  const { data, error } = exportContactsInput.safeParse(readQuery(query));
  if (error) throw invalid("Validation failed", fieldErrors(error));
  return data;
}

/** The piece that was read already, then the rest; leaving early ends the export. */
async function* follow(first: IteratorResult<string>, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  try {
    if (!first.done) yield first.value;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}
