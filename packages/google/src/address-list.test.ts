import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseAddressList } from "./address-list";

describe("parseAddressList", () => {
  it.each([
    ['"Doe, Jane" <Jane@Example.org>', [["jane@example.org", "Doe, Jane"]]],
    [
      "me@org.example, Åsa <asa@example.se>",
      [
        ["me@org.example", ""],
        ["asa@example.se", "Åsa"],
      ],
    ],
    ["undisclosed-recipients:;", []],
    [
      "Board: ada@x.example, Bo <bo@x.example>;, c@x.example",
      [
        ["ada@x.example", ""],
        ["bo@x.example", "Bo"],
        ["c@x.example", ""],
      ],
    ],
    ["ada@x.example (Ada \\(the\\) first)", [["ada@x.example", "Ada (the) first"]]],
    ['"Say \\"hi\\"" <hi@x.example>', [["hi@x.example", 'Say "hi"']]],
    [
      "=?UTF-8?Q?Siobh=C3=A1n_N=C3=AD?= =?UTF-8?B?IEJocmlhaW4=?= <s@x.example>",
      [["s@x.example", "Siobhán Ní Bhriain"]],
    ],
    ["=?iso-8859-2?Q?=C8osi=E6?= <c@x.example>", [["c@x.example", "Čosić"]]],
    ["=?nonsense?Q?a?= <n@x.example>", [["n@x.example", "=?nonsense?Q?a?="]]],
    [
      "<only@x.example>, only@x.example <only@x.example>",
      [
        ["only@x.example", ""],
        ["only@x.example", ""],
      ],
    ],
    ["nobody, @x.example, a@, <>, a b@x.example", []],
    ['"never closed <a@x.example>', []],
  ])("reads %j", (header, expected) =>
    expect(parseAddressList(header).map(({ address, name }) => [address, name])).toEqual(expected),
  );

  it("never throws, and gives nothing but addresses", () => {
    const pieces = fc.constantFrom(
      '"',
      "<",
      ">",
      "(",
      ")",
      ",",
      ";",
      ":",
      "\\",
      "@",
      "a@b.c",
      " ",
      "=?utf-8?Q?=?=",
      "é",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string({ unit: "binary", maxLength: 4 }))), (parts) => {
        for (const { address } of parseAddressList(parts.join("")))
          expect(address).toMatch(/^[^\s@<>,;]+@[^\s@<>,;]+$/);
      }),
    );
    expect(parseAddressList("a@b.example,".repeat(100_000))).toHaveLength(500);
    for (const open of ["(", '"', "<", "\\"]) expect(parseAddressList(open.repeat(50_000))).toEqual([]);
  });
});
