import { describe, expect, it } from "vitest";
import { readCallError, splitDetails, toFieldSentence } from "./errors";

describe("readCallError", () => {
  it("passes the server's words, details and request id on", () => {
    const error = readCallError({
      message: "Validation failed",
      data: { code: "BAD_REQUEST", details: ["name: must not be empty"] },
    });
    expect(error).toEqual({ code: "BAD_REQUEST", message: "Validation failed", details: ["name: must not be empty"] });
    expect(
      readCallError({ message: "Internal server error", data: { code: "INTERNAL_SERVER_ERROR", requestId: "7f3a" } })
        .requestId,
    ).toBe("7f3a");
  });

  it("calls a failure without an answer a network failure", () => {
    expect(readCallError(new TypeError("Failed to fetch")).code).toBe("NETWORK");
  });
});

describe("splitDetails", () => {
  it("sorts details to their fields, and keeps what names none", () => {
    const { byField, rest } = splitDetails([
      "customFields.age: must be a number",
      "The tag is gone: choose another",
      "name: too long: 101",
    ]);
    expect(Object.fromEntries(byField)).toEqual({ "customFields.age": "must be a number", name: "too long: 101" });
    expect(rest).toEqual(["The tag is gone: choose another"]);
  });
});

describe("toFieldSentence", () => {
  it("puts the label before the contracts' lower-case messages", () =>
    expect(toFieldSentence("Name", "must not be empty")).toBe("Name must not be empty."));
  it("leaves sentences alone", () =>
    expect(toFieldSentence("Name", "That name is taken.")).toBe("That name is taken."));
});
