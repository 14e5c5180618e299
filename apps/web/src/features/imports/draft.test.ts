import type { ImportUpload } from "@hustings/contracts/imports";
import { describe, expect, it } from "vitest";
import { createDraft, toImportOptions, toNewField } from "./draft";

const upload: ImportUpload = {
  uploadId: "u",
  fileName: "list.csv",
  size: 1,
  rowEstimate: 2,
  hasHeader: true,
  columns: ["E-naslov", "Town", "Opomba"],
  sample: [],
  guesses: {
    mapping: { "E-naslov": "email", Town: "town" },
    delimiter: ";",
    encoding: "utf-8",
    encodingIsSure: true,
    emptyValues: ["-"],
    fieldTypes: { Opomba: "number" },
  },
};

describe("an import's draft", () => {
  it("starts from the guesses and leaves out what nothing is known about", () => {
    expect(createDraft(upload)).toEqual({
      reading: {},
      targets: {
        "E-naslov": { kind: "core", name: "email" },
        Town: { kind: "field", name: "town" },
        Opomba: { kind: "out" },
      },
      emptyValues: ["-"],
      tags: [],
      skipDuplicates: false,
    });
  });

  it("keeps what was chosen for columns that are still there when the file is read anew", () => {
    const before = createDraft(upload);
    const chosen = { ...before, targets: { ...before.targets, Town: { kind: "out" as const } }, tags: ["stall"] };
    const again = createDraft({ ...upload, columns: ["Town", "New"] }, chosen);
    expect(again.targets).toEqual({ Town: { kind: "out" }, New: { kind: "out" } });
    expect(again.tags).toEqual(["stall"]);
  });

  it("asks for the columns that are brought in, for new fields by the key of their label, and for tags for everyone", () => {
    const draft = createDraft(upload);
    draft.targets.Opomba = toNewField("Lahko gosti ", upload.guesses.fieldTypes.Opomba);
    draft.targets.Town = { kind: "out" };
    draft.tags = ["stall"];
    draft.reading = { delimiter: "," };
    expect(toImportOptions("u", upload.columns, draft)).toEqual({
      uploadId: "u",
      mapping: { "E-naslov": "email", Opomba: "lahko_gosti" },
      newFields: { lahko_gosti: { label: "Lahko gosti", fieldType: "number" } },
      emptyValues: ["-"],
      skipDuplicates: false,
      constantValues: { _tags: ["stall"] },
      delimiter: ",",
    });
  });
});
