import type { FileDelimiter, FileEncoding, ImportUpload } from "@hustings/contracts/imports";
import { Card, CardBody, CardHeader } from "@hustings/ui/card";
import { Checkbox } from "@hustings/ui/checkbox";
import { Field } from "@hustings/ui/field";
import { Select } from "@hustings/ui/select";
import { TagInput } from "@hustings/ui/tag-input";
import type { ImportDraft } from "../draft";

const ENCODINGS: readonly { value: FileEncoding; label: string }[] = [
  { value: "utf-8", label: "UTF-8" },
  { value: "utf-16le", label: "UTF-16 (little endian)" },
  { value: "utf-16be", label: "UTF-16 (big endian)" },
  { value: "windows-1252", label: "Western Europe (Windows-1252)" },
  { value: "iso-8859-1", label: "Western Europe (ISO 8859-1)" },
  { value: "windows-1250", label: "Central Europe (Windows-1250)" },
  { value: "iso-8859-2", label: "Central Europe (ISO 8859-2)" },
  { value: "windows-1251", label: "Cyrillic (Windows-1251)" },
  { value: "macintosh", label: "Mac Roman" },
  { value: "shift_jis", label: "Japanese (Shift JIS)" },
  { value: "gbk", label: "Chinese (GBK)" },
];
const DELIMITERS: readonly { value: FileDelimiter; label: string; word: string }[] = [
  { value: ",", label: "Comma", word: "“,”" },
  { value: ";", label: "Semicolon", word: "“;”" },
  { value: "\t", label: "Tab", word: "tabs" },
  { value: "|", label: "Bar", word: "“|”" },
];

/** “UTF-8, split at “;””. */
export function readingWords({ guesses: { encoding, delimiter } }: ImportUpload): string {
  const code = ENCODINGS.find(({ value }) => value === encoding)?.label ?? encoding;
  return `${code}, split at ${DELIMITERS.find(({ value }) => value === delimiter)?.word ?? delimiter}`;
}

type ReadingCardProps = {
  upload: ImportUpload;
  draft: ImportDraft;
  onDraftChange: (changes: Partial<ImportDraft>) => void;
};

/** How the file is read. Each change reads its first rows anew. */
export function ReadingCard({ upload, draft, onDraftChange }: ReadingCardProps) {
  const read = (changes: ImportDraft["reading"]) => onDraftChange({ reading: { ...draft.reading, ...changes } });
  const asTag = (name: string) => ({ id: name, name });
  return (
    <Card className="mb-4">
      <CardHeader
        title="How the file is read"
        level={3}
        note={upload.guesses.encodingIsSure ? undefined : "Names look odd? Try another alphabet."}
      />
      <CardBody className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)_minmax(0,1.4fr)] gap-4 max-md:grid-cols-1">
        <Field label="Alphabet">
          <Select
            value={draft.reading.encoding ?? upload.guesses.encoding}
            onValueChange={(encoding) => read({ encoding })}
            options={ENCODINGS}
          />
        </Field>
        <Field label="Columns are split at">
          <Select
            value={draft.reading.delimiter ?? upload.guesses.delimiter}
            onValueChange={(delimiter) => read({ delimiter })}
            options={DELIMITERS}
          />
        </Field>
        <Field label="Words that mean empty" hint="Such as (blank) or N/A. Type one and press Enter.">
          <TagInput
            label="Words that mean empty"
            value={draft.emptyValues.map(asTag)}
            onValueChange={(values) => onDraftChange({ emptyValues: values.map(({ name }) => name) })}
            options={[]}
            onCreate={(name) => onDraftChange({ emptyValues: [...draft.emptyValues, name] })}
            placeholder="None"
          />
        </Field>
        <Checkbox
          checked={draft.reading.hasHeader ?? upload.hasHeader}
          onChange={(event) => read({ hasHeader: event.target.checked })}
        >
          The first line names the columns
        </Checkbox>
      </CardBody>
    </Card>
  );
}
