import { fieldErrors } from "@hustings/api/errors";
import { enterWorkspace } from "@hustings/api/procedures";
import type { RawHandler } from "@hustings/api/rest/handler";
import { createQueryReader } from "@hustings/api/rest/query";
import { type ExportContactsInput, exportContactsInput } from "@hustings/contracts/contacts";
import { exportContacts } from "@hustings/core/contacts/export";
import { invalid } from "@hustings/core/errors";
import type { RawRoutes } from "./registered-routes";
import { sendCsv } from "./send-csv";

/** The list of contacts as a file. */
export const contactStreams = (): RawRoutes => ({ "contacts.export": sendExport });

const readQuery = createQueryReader(exportContactsInput, []);

const sendExport: RawHandler = async (call) => {
  const workspace = await enterWorkspace(call.context, "viewer");
  const day = call.context.core.ports.now().toISOString().slice(0, 10);
  await sendCsv(call, exportContacts(workspace, toInput(call.query)), `contacts-${day}.csv`);
};

/** @throws DomainError `invalid` with every wrong parameter. */
function toInput(query: URLSearchParams): ExportContactsInput {
  const { data, error } = exportContactsInput.safeParse(readQuery(query));
  if (error) throw invalid("Validation failed", fieldErrors(error));
  return data;
}
