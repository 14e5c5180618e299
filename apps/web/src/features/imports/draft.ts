import type { ImportFileOptions, ImportUpload } from "@hustings/contracts/imports";
import { toFieldKey } from "../fields/field-key";

/** Types that a field made on the way can have: a list of options cannot be guessed. */
export const NEW_FIELD_TYPES = ["text", "number", "date", "boolean", "url", "email"] as const;
export type NewFieldType = (typeof NEW_FIELD_TYPES)[number];

/** What a column becomes. */
export type ColumnTarget =
  | { kind: "out" }
  | { kind: "core"; name: PersonFact }
  | { kind: "field"; name: string }
  | { kind: "new"; label: string; fieldType: NewFieldType };
export const CORE_TARGETS = ["firstName", "lastName", "email", "language", "tags"] as const;
/** What everybody has. A form may ask for the whole name at once; a file has columns for its parts. */
export type PersonFact = (typeof CORE_TARGETS)[number] | "fullName";

/** How the file is to be read, where a person knows better than the guess. */
export type Reading = Pick<ImportFileOptions, "delimiter" | "encoding" | "hasHeader">;

/** Everything that was chosen for one file; kept in this browser until it is brought in. */
export type ImportDraft = {
  reading: Reading;
  targets: Record<string, ColumnTarget>;
  emptyValues: string[];
  /** Names of tags for everyone. */
  tags: string[];
  skipDuplicates: boolean;
};

/** Where the draft of a file is kept. */
export const draftKey = (uploadId: string): string => `import-${uploadId}`;

/** What the guesses say, except where `before` knows a column already. */
export function createDraft(upload: ImportUpload, before?: ImportDraft): ImportDraft {
  const targets = upload.columns.map((column): [string, ColumnTarget] => [
    column,
    before?.targets[column] ?? toGuessedTarget(upload.guesses.mapping[column]),
  ]);
  return {
    reading: before?.reading ?? {},
    targets: Object.fromEntries(targets),
    emptyValues: before?.emptyValues ?? upload.guesses.emptyValues,
    tags: before?.tags ?? [],
    skipDuplicates: before?.skipDuplicates ?? false,
  };
}

function toGuessedTarget(name: string | undefined): ColumnTarget {
  if (!name) return { kind: "out" };
  const core = CORE_TARGETS.find((target) => target === name);
  return core ? { kind: "core", name: core } : { kind: "field", name };
}

/** A field for a column that has none: named as the column, typed as its cells look. */
export function toNewField(column: string, guessed: string | undefined): ColumnTarget {
  const fieldType = NEW_FIELD_TYPES.find((type) => type === guessed) ?? "text";
  return { kind: "new", label: column.trim().slice(0, 100) || "New field", fieldType };
}

/** What the server is asked to do with the file. */
export function toImportOptions(uploadId: string, columns: readonly string[], draft: ImportDraft) {
  const mapping: Record<string, string> = {};
  const newFields: NonNullable<ImportFileOptions["newFields"]> = {};
  for (const column of columns) {
    const target = draft.targets[column];
    if (!target || target.kind === "out") continue;
    if (target.kind === "new") {
      const label = target.label.trim();
      const name = toFieldKey(label) || label;
      newFields[name] = { label, fieldType: target.fieldType };
      mapping[column] = name;
    } else mapping[column] = target.name;
  }
  return {
    uploadId,
    mapping,
    newFields,
    emptyValues: draft.emptyValues,
    skipDuplicates: draft.skipDuplicates,
    constantValues: draft.tags.length > 0 ? { _tags: draft.tags } : {},
    ...draft.reading,
  };
}
