import { describe, expect, it } from "vitest";
import { checkCells } from "./cell-check";

describe("checkCells", () => {
  it("says how many of the shown cells do not fit, past empty ones", () => {
    expect(checkCells({ kind: "core", name: "email" }, ["a@b.org", "", "luka@", "-"], [], ["-"])).toEqual({
      level: "look",
      words: "1 of 2 shown is not an email",
    });
    expect(checkCells({ kind: "new", label: "x", fieldType: "number" }, ["6", "dva", "tri"], [], [])).toEqual({
      level: "look",
      words: "2 of 3 shown are not numbers",
    });
  });

  it("takes any text where the target is text, and says when a column stays out or is empty", () => {
    expect(checkCells({ kind: "core", name: "firstName" }, ["Ana"], [], []).level).toBe("fine");
    expect(checkCells({ kind: "out" }, ["Ana"], [], []).words).toBe("Not brought in");
    expect(checkCells({ kind: "core", name: "email" }, [" "], [], []).words).toBe("Empty in the first rows");
  });
});
