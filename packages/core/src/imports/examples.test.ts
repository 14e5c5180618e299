import { expect, it } from "vitest";
import type { AppliedRows } from "./apply-rows";
import { addExamples } from "./examples";
import type { Outcome } from "./plan-rows";
import type { ImportTargets } from "./targets";

const targets: ImportTargets = { columns: [], constants: {} as never, storedKeys: [], labelOf: (change) => change };
const created = (person: Partial<Outcome["person"]>): Outcome => ({
  line: 2,
  kind: "created",
  person: { email: null, firstName: null, lastName: null, customFields: {}, ...person } as Outcome["person"],
  changes: [],
});
const labelOf = (person: Partial<Outcome["person"]>) =>
  addExamples({}, { outcomes: [created(person)], bad: [] } as unknown as AppliedRows, targets).created?.[0]?.label;

it("shows people by name, else by address, else by the first facts of their row", () => {
  const customFields = { kind: "City", organization: "Town of Acton", state: "", city: "Acton", site: "acton.gov" };
  expect(labelOf({ firstName: "Ana", email: "ana@posta.example" })).toBe("Ana");
  expect(labelOf({ email: "ana@posta.example", customFields })).toBe("ana@posta.example");
  expect(labelOf({ customFields })).toBe("City · Town of Acton · Acton");
  expect(labelOf({})).toBe("No name");
});
