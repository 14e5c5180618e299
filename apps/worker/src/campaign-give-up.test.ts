import { setTimeout as sleep } from "node:timers/promises";
import { getCampaign, getCampaignStats } from "@hustings/core/campaigns/queries";
import { resumeCampaign, sendCampaign } from "@hustings/core/campaigns/send-campaign";
import { addPeople, draftCampaign, listCaught } from "@hustings/core/testing/campaigns";
import { createTestWorkspace } from "@hustings/core/testing/workspace";
import { findRun, listRuns } from "@hustings/job-engine/inspect";
import { expect, it } from "vitest";
import { useImpatientJobs } from "./testing/use-impatient-jobs";

const PEOPLE = 20;
const TRIES = 21;

const used = useImpatientJobs();

it("a batch that fails at every try stops its campaign with the reason, and whoever resumes it reaches everybody once", async () => {
  const { database } = used;
  const { ctx } = await createTestWorkspace(database);
  await addPeople(ctx, PEOPLE);
  const { id } = await draftCampaign(ctx);
  const untilStatus = async (status: string) => {
    while ((await getCampaign(ctx, id)).status !== status) await sleep(50);
  };
  await database.pool.query(`create function refuse() returns trigger language plpgsql as
    $$ begin raise exception 'no room for mail'; end $$`);
  await database.pool.query("create trigger no_room before insert on sandbox_emails execute function refuse()");

  await sendCampaign(ctx, id);
  await untilStatus("paused");
  // Words of Postgres are for the page of the jobs.
  expect((await getCampaign(ctx, id)).stopReason).toBe(
    "Part of it (batch 1) could not be handed over after many tries. The page Jobs says what failed.",
  );
  expect(await getCampaignStats(ctx, id)).toMatchObject({ recipients: PEOPLE, queued: PEOPLE, sent: 0 });
  const [run] = await listRuns(database.pool, { functionId: "hustings-campaign-batch", limit: 1 });
  const { attempts } = (await findRun(database.pool, run?.id ?? "")) ?? { attempts: [] };
  expect(attempts).toHaveLength(TRIES - 1);

  await database.pool.query("drop trigger no_room on sandbox_emails");
  await resumeCampaign(ctx, id);
  await untilStatus("sent");
  expect(await getCampaignStats(ctx, id)).toMatchObject({ recipients: PEOPLE, queued: 0, sent: PEOPLE });
  expect(new Set((await listCaught(ctx, id)).map(({ to }) => to)).size).toBe(PEOPLE);
  expect(await listCaught(ctx, id)).toHaveLength(PEOPLE);
});
