import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { startKilledCampaign } from "./testing/killed-campaign";
import { startKilledImport } from "./testing/killed-import";
import { useWorker } from "./testing/use-worker";

const KILLS = 20;
/** What comes forward no more has ended, or waits for the next start. */
const LONGEST_WAIT_MS = 10_000;

const used = useWorker();

it(`an import and a campaign lose nothing and do nothing twice through ${KILLS} kills -9 of their worker`, {
  timeout: 600_000,
}, async () => {
  const works = [await startKilledImport(used.database), await startKilledCampaign(used.database)];
  const places = works.map(() => new Set<number>());
  for (let kill = 0; kill < KILLS; kill++) {
    // In turns a kill waits until the one or the other has come forward, so that each is met in all its stages.
    const awaited = works[kill % (works.length + 1)];
    const before = await awaited?.findPlace();
    await used.worker.start();
    for (let waited = 0; awaited && waited < LONGEST_WAIT_MS; waited += 20) {
      if ((await awaited.findPlace()) !== before) break;
      await sleep(20);
    }
    await sleep(Math.random() * 400);
    await used.worker.kill();
    for (const [n, work] of works.entries()) {
      await work.expectConsistent();
      places[n]?.add(await work.findPlace());
    }
  }
  // Kills that met them at rest prove nothing.
  expect(places.map(({ size }) => size > 5)).toEqual([true, true]);
  await used.worker.start();
  for (const work of works) {
    await work.untilEnd();
    await work.expectWhole();
  }
});
