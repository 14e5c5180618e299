import { listContactsInput } from "@hustings/contracts/contacts";
import { listContacts } from "@hustings/core/contacts/queries";
import type { Installation } from "./installation";
import { interleave, repeating } from "./measure";
import { SEARCH_TERMS } from "./people";
import { ms, type Row } from "./report";

const ROUNDS = 7;

/** What a search without an index for it costs: every contact of the workspace, by a regular expression. */
const SCAN = `
  select count(*) from contacts
  where workspace_ids @> array[$1::uuid] and (email ~* $2 or first_name ~* $2 or last_name ~* $2)`;

const NAMES: Record<keyof typeof SEARCH_TERMS, string> = {
  nobody: "Search that nobody matches",
  rare: "Search, rare term",
  some: "Search, some 0.7 % match",
  common: "Search, a fifth matches",
  oldOnly: "Search that only the oldest match",
};

/** Target 5: the page and its (from 10,001 on capped) total, whatever the term. */
export async function measureSearch({ large: { ctx, database } }: Installation): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [name, term] of Object.entries(SEARCH_TERMS) as [keyof typeof SEARCH_TERMS, string][]) {
    const input = listContactsInput.parse({ search: term, pageSize: 50 });
    const times = await interleave(ROUNDS, {
      search: repeating(() => listContacts(ctx, input)),
      scan: repeating(() => database.pool.query(SCAN, [ctx.workspaceId, term])),
    });
    rows.push({
      number: "5",
      measure: NAMES[name],
      measured: ms(times.search),
      limit: `${ms(times.scan)}: scan by a regular expression`,
      ratio: times.scan / times.search,
      ms: times.search,
      target: { atLeast: 20, maxMs: 100 },
    });
  }
  return rows;
}
