import { describe, expect, it } from "vitest";
import { isPlaceCurrent, PLACES } from "./places";

const current = (pathname: string) =>
  PLACES.filter((place) => isPlaceCurrent(place, pathname)).map((place) => place.label);

describe("isPlaceCurrent", () => {
  it("knows home only at home", () => expect(current("/w/[workspace]")).toEqual(["Home"]));
  it("keeps a noun current on its records", () =>
    expect(current("/w/[workspace]/contacts/[id]")).toEqual(["Contacts"]));
  it("does not take a longer word for the noun", () => expect(current("/w/[workspace]/contacts-of-old")).toEqual([]));
});
