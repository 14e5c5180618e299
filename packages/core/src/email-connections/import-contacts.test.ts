import { describe, expect, it } from "vitest";
import { splitName } from "./import-contacts";

describe("splitName", () => {
  it.each([
    ["Jane Doe", "Jane", "Doe"],
    ["Doe, Jane", "Jane", "Doe"],
    ["Olúwaṣeun van der Berg", "Olúwaṣeun", "van der Berg"],
    ["Jane", "Jane", ""],
    ["", "", ""],
    ["Doe, Jane, Dr.", "Doe,", "Jane, Dr."],
  ])("reads %j", (name, firstName, lastName) => expect(splitName(name)).toEqual({ firstName, lastName }));
});
