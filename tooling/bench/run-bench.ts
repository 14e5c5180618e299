import { runStep, type Say } from "../start/progress";
import { measureImports } from "./imports";
import { openInstallation, type Installation } from "./installation";
import { measureLists } from "./lists";
import { renderTable, type Row } from "./report";
import { measureSearch } from "./search";
import { measureSegments } from "./segments";

/** What can be measured alone, in the order of a whole run: those that only read come first. */
export const GROUPS: Record<string, (installation: Installation) => Promise<Row[]>> = {
  lists: measureLists,
  search: measureSearch,
  segments: measureSegments,
  imports: measureImports,
};

export type BenchOptions = { contacts: number; only?: string | undefined; note?: string | undefined; say: Say };

/** Runs the groups one after the other, prints the table. @returns its rows. */
export async function runBench({ contacts, only, say }: BenchOptions): Promise<Row[]> {
  const installation = await runStep(`making ${contacts.toLocaleString("en")} contacts`, () => openInstallation(contacts), say);
  try {
    const rows: Row[] = [];
    for (const [name, measure] of Object.entries(GROUPS))
      if (only === undefined || only === name) rows.push(...(await runStep(`measuring ${name}`, () => measure(installation), say)));
    say(renderTable(rows));
    return rows;
  } finally {
    await installation.close();
  }
}
