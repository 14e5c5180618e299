import { listContactsInput } from "@hustings/contracts/contacts";
import { exportContacts } from "@hustings/core/contacts/export";
import { listContacts } from "@hustings/core/contacts/queries";
import type { WorkspaceContext } from "@hustings/core/context";
import type { Installation, Site } from "./installation";
import { clock, interleave, median, repeating } from "./measure";
import { ms, type Row } from "./report";

const ROUNDS = 21;
const PAGE_SIZE = 50;

const listPage = (ctx: WorkspaceContext, page: number) =>
  listContacts(ctx, listContactsInput.parse({ page, pageSize: PAGE_SIZE }));

/** Targets 3 and 4: a page costs what it shows, however many contacts there are and however deep it lies. */
export async function measureLists({ large, small }: Installation): Promise<Row[]> {
  const { total } = await listPage(large.ctx, 1);
  const middle = Math.max(2, Math.ceil(total / PAGE_SIZE / 2));
  const times = await interleave(ROUNDS, {
    newest: repeating(() => listPage(large.ctx, 1)),
    newestOfFew: repeating(() => listPage(small.ctx, 1)),
    deep: repeating(() => listPage(large.ctx, middle)),
  });
  return [
    {
      number: "3",
      measure: "The newest 50 contacts, with their total",
      measured: ms(times.newest),
      limit: `${ms(times.newestOfFew)}: the same with ${small.contacts.toLocaleString("en")} contacts`,
      ratio: times.newest / times.newestOfFew,
      ms: times.newest,
      target: { atMost: 2, maxMs: 3 },
    },
    {
      number: "4",
      measure: `Page ${middle.toLocaleString("en")} by its number`,
      measured: ms(times.deep),
      limit: `${ms(times.newest)}: the first page`,
      ratio: times.deep / times.newest,
      target: { atMost: 2 },
    },
    await measureExport(large),
  ];
}

/** The way to the end of everything: pieces of up to 1,000 rows, the last as quick as the first. */
async function measureExport({ ctx }: Site): Promise<Row> {
  const pieces: number[] = [];
  const rows = exportContacts(ctx, { sortBy: "createdAt", sortOrder: "desc" });
  for (let isDone = false; !isDone; ) {
    const elapsed = await clock(async () => {
      isDone = (await rows.next()).done === true;
    });
    if (!isDone) pieces.push(elapsed);
  }
  // Without the first two, which hold the names of the columns and the start of the query, and the last, which is not full.
  const full = pieces.length > 4 ? pieces.slice(2, -1) : pieces;
  const third = Math.ceil(full.length / 3);
  const [first, last] = [median(full.slice(0, third)), median(full.slice(-third))];
  return {
    number: "4",
    measure: "Export: the last third's 1,000 rows",
    measured: ms(last),
    limit: `${ms(first)}: 1,000 rows of the first third`,
    ratio: last / first,
    target: { atMost: 2 },
  };
}
