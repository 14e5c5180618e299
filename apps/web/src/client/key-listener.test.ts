import { describe, expect, it } from "vitest";
import { toKey } from "./key-listener";

const press = (key: string, held: Partial<KeyboardEvent> = {}) =>
  toKey({ key, metaKey: false, ctrlKey: false, altKey: false, shiftKey: false, ...held });

describe("toKey", () => {
  it("names plain keys, shifted letters and signs", () => {
    expect(press("j")).toBe("j");
    expect(press("X", { shiftKey: true })).toBe("shift+x");
    expect(press("?", { shiftKey: true })).toBe("?");
    expect(press("Enter")).toBe("Enter");
  });
  it("takes ⌘ and Ctrl as the same", () => {
    expect(press("k", { metaKey: true })).toBe("mod+k");
    expect(press("k", { ctrlKey: true })).toBe("mod+k");
  });
  it("leaves lone modifiers and Alt combinations to the system", () => {
    expect(press("Shift", { shiftKey: true })).toBeNull();
    expect(press("ł", { altKey: true })).toBeNull();
  });
});
