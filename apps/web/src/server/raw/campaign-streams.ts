import { enterWorkspace } from "@hustings/api/procedures";
import type { RawHandler } from "@hustings/api/rest/handler";
import { byId } from "@hustings/contracts/primitives";
import { exportRecipients } from "@hustings/core/campaigns/export-recipients";
import { notFound } from "@hustings/core/errors";
import type { RawRoutes } from "./registered-routes";
import { sendCsv } from "./send-csv";

/** A campaign's recipients as a file. */
export const campaignStreams = (): RawRoutes => ({ "campaigns.export": sendRecipients });

const sendRecipients: RawHandler = async (call) => {
  const workspace = await enterWorkspace(call.context, "viewer");
  const { data } = byId.safeParse({ id: call.parameters.id });
  if (!data) throw notFound("Campaign");
  await sendCsv(call, exportRecipients(workspace, data.id), `campaign-${data.id}.csv`);
};
