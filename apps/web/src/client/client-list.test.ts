import { describe, expect, it } from "vitest";
import { arrange } from "./client-list";
import { nextSort } from "./list-state";

type Row = { name: string; count: number | null };
const rows: Row[] = [
  { name: "Škofja Loka", count: 12 },
  { name: "celje", count: null },
  { name: "Ljubno market", count: 3 },
];
const names = (search: string, sort: keyof Row, sortOrder: "asc" | "desc" = "asc") =>
  arrange(rows, { search, sortOrder, compare: (row) => row[sort], toText: (row) => row.name }).map((row) => row.name);

describe("arrange", () => {
  it("sorts words as people do, whatever the case", () =>
    expect(names("", "name")).toEqual(["celje", "Ljubno market", "Škofja Loka"]));
  it("sorts numbers, with nothing at the end both ways", () => {
    expect(names("", "count")).toEqual(["Ljubno market", "Škofja Loka", "celje"]);
    expect(names("", "count", "desc")).toEqual(["Škofja Loka", "Ljubno market", "celje"]);
  });
  it("finds rows that hold every word", () => {
    expect(names("MARKET lju", "name")).toEqual(["Ljubno market"]);
    expect(names("market celje", "name")).toEqual([]);
  });
});

describe("nextSort", () => {
  it("starts a new column ascending and turns the same one around", () => {
    expect(nextSort({ sort: "name", order: "desc" }, "count")).toEqual({ sort: "count", order: "asc" });
    expect(nextSort({ sort: "name", order: "asc" }, "name")).toEqual({ sort: "name", order: "desc" });
    expect(nextSort({ sort: "name", order: "desc" }, "name")).toEqual({ sort: "name", order: "asc" });
  });
});
