import { describe, expect, it } from "vitest";
import { toFieldKey } from "./field-key";
import { formatFieldValue } from "./field-value";

describe("formatFieldValue", () => {
  it.each([
    ["boolean", "true", "Yes"],
    ["boolean", "false", "No"],
    ["boolean", "perhaps", "perhaps"],
    ["multiselect", "river;forest", "river, forest"],
    ["date", "2026-11-19", "19 Nov 2026"],
    ["date", "some day", "some day"],
    ["text", "a;b", "a;b"],
  ] as const)("%s %s reads %s", (type, value, shown) => expect(formatFieldValue(type, value)).toBe(shown));
});

describe("toFieldKey", () => {
  it.each([
    ["Can host", "can_host"],
    ["Čas obiska?", "cas_obiska"],
    [" 国 ", "国"],
    ["!!", ""],
  ])("%s → %s", (label, key) => expect(toFieldKey(label)).toBe(key));
});
