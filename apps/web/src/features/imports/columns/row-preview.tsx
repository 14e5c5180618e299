import type { FieldDefinition } from "@hustings/contracts/fields";
import type { ImportUpload } from "@hustings/contracts/imports";
import { Avatar } from "@hustings/ui/avatar";
import { Button } from "@hustings/ui/button";
import { Card, CardBody, CardHeader } from "@hustings/ui/card";
import { Tag } from "@hustings/ui/tag";
import { useState } from "react";
import type { ImportDraft } from "../draft";
import { targetLabel } from "./target-choice";

type RowPreviewProps = { upload: ImportUpload; draft: ImportDraft; fields: readonly FieldDefinition[] };

/** One row as the person it would make. */
export function RowPreview({ upload, draft, fields }: RowPreviewProps) {
  const [asked, setRow] = useState(0);
  const row = Math.min(asked, Math.max(0, upload.sample.length - 1));
  const cells = upload.sample[row];
  if (!cells) return null;
  const { name, facts, tags } = readPerson(upload, draft, fields, cells);
  return (
    <Card>
      <CardHeader title={`Row ${row + 1} will look like this`} />
      <CardBody>
        <p className="mb-2 flex items-center gap-2.5">
          <Avatar name={name} />
          <b className="wrap-anywhere">{name ?? "No name"}</b>
        </p>
        <dl className="grid gap-1 text-sm">
          {facts.map(({ label, value }) => (
            <div key={label} className="grid grid-cols-[96px_minmax(0,1fr)] gap-2">
              <dt className="wrap-anywhere text-muted-foreground">{label}</dt>
              <dd className="wrap-anywhere">{value || <span className="text-muted-foreground">–</span>}</dd>
            </div>
          ))}
        </dl>
        {tags.length > 0 && (
          <p className="mt-2 flex flex-wrap gap-1">
            {tags.map((tag) => (
              <Tag key={tag} hasSwatch>
                {tag}
              </Tag>
            ))}
          </p>
        )}
        <div className="mt-3 flex items-center justify-between gap-2 text-sm text-muted-foreground">
          <Button size="sm" offReason={row === 0 && "This is the first row"} onClick={() => setRow(row - 1)}>
            Row before
          </Button>
          <span role="status">
            {row + 1} of the first {upload.sample.length}
          </span>
          <Button
            size="sm"
            offReason={row + 1 >= upload.sample.length && "Only the first rows are shown here"}
            onClick={() => setRow(row + 1)}
          >
            Next row
          </Button>
        </div>
      </CardBody>
    </Card>
  );
}

/** Several columns with one target: the first that is not empty counts. Tags: all of them. */
function readPerson(
  upload: ImportUpload,
  draft: ImportDraft,
  fields: readonly FieldDefinition[],
  cells: readonly string[],
) {
  const values = new Map<string, string>();
  const tags = new Set<string>();
  for (const [place, column] of upload.columns.entries()) {
    const target = draft.targets[column];
    const label = target && targetLabel(target, fields);
    if (!target || !label) continue;
    const cell = (cells[place] ?? "").trim();
    const value = draft.emptyValues.includes(cell) ? "" : cell;
    if (target.kind === "core" && target.name === "tags") for (const tag of splitTags(value)) tags.add(tag);
    else if (!values.get(label)) values.set(label, value);
  }
  for (const tag of draft.tags) tags.add(tag);
  const name =
    ["First name", "Last name"]
      .map((label) => values.get(label))
      .filter(Boolean)
      .join(" ") || null;
  const facts = [...values]
    .filter(([label]) => label !== "First name" && label !== "Last name")
    .map(([label, value]) => ({ label, value }));
  return { name, facts, tags: [...tags] };
}

/** As the server splits a cell of tags: at semicolons, else at commas. */
function splitTags(cell: string): string[] {
  const separator = cell.includes(";") ? ";" : cell.includes(" ::: ") ? " ::: " : ",";
  return cell
    .split(separator)
    .map((tag) => tag.trim())
    .filter(Boolean);
}
