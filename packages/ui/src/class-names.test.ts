import { twMerge } from "tailwind-merge";
import { describe, expect, it } from "vitest";
import { cn } from "./class-names";

describe("cn", () => {
  it.each([
    ["px-3 py-1", "px-6", "py-1 px-6"],
    ["h-7 w-7", "size-9", "size-9"],
    ["border border-input", "border-danger", "border border-danger"],
    ["border border-border", "border-2", "border-border border-2"],
    ["text-sm text-muted-foreground", "text-danger", "text-sm text-danger"],
    ["rounded-lg bg-card", "bg-sunken", "rounded-lg bg-sunken"],
    ["flex items-center", "hidden", "items-center hidden"],
    ["absolute inset-0", "relative", "inset-0 relative"],
    ["h-9 max-md:h-10", "h-8", "max-md:h-10 h-8"],
    ["hover:bg-hover", "hover:bg-selected", "hover:bg-selected"],
    ["inset-ring-2 inset-ring-ring", "inset-0", "inset-ring-2 inset-ring-ring inset-0"],
    ["inset-ring inset-ring-input", "inset-ring-2 inset-ring-ring", "inset-ring-2 inset-ring-ring"],
    ["font-sans font-semibold", "font-normal", "font-sans font-normal"],
  ])("%s + %s = %s", (base, override, result) => expect(cn(base, override)).toBe(result));

  it("lets our own text sizes and colours live together", () => {
    expect(cn("text-table text-danger")).toBe("text-table text-danger");
    expect(cn("text-table", "text-[12.5px]")).toBe("text-[12.5px]");
    expect(cn("overflow-hidden text-ellipsis", "text-muted-foreground")).toBe(
      "overflow-hidden text-ellipsis text-muted-foreground",
    );
  });

  it("drops the conditions that do not hold", () =>
    expect(cn("p-1", false, null, undefined, { "p-2": true })).toBe("p-2"));

  it("agrees with the full table of tailwind-merge on what it covers", () => {
    for (const [base, override] of [
      ["p-4", "pt-2"],
      ["mx-2 my-1", "m-0"],
      ["gap-2", "gap-x-4"],
      ["rounded-md", "rounded-t-lg"],
      ["flex flex-col", "flex-row"],
      ["overflow-auto", "overflow-x-hidden"],
    ] as const)
      expect(cn(base, override)).toBe(twMerge(base, override));
  });
});
