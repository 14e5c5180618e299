import type { ImportExample, ImportJob } from "@hustings/contracts/imports";
import { Avatar } from "@hustings/ui/avatar";
import { Button } from "@hustings/ui/button";
import { Card, CardHeader } from "@hustings/ui/card";
import { formatCount, formatCountOf } from "@hustings/ui/count";
import { OutcomeBar } from "@hustings/ui/progress-bar";
import { type Fill, SplitBarKey } from "@hustings/ui/split-bar";
import { Stat } from "@hustings/ui/stat";
import { Table, TableBody, TableCell, TableHead, TableHeaderCell, TableRow } from "@hustings/ui/table";
import { formatDuration } from "@hustings/ui/time";
import { notifyFailed } from "@hustings/ui/toast";
import { Download } from "lucide-react";
import { useState } from "react";
import { downloadFile } from "~/client/raw-call";
import { countOutcomes } from "./outcomes";

const PARTS = [
  { key: "created", fill: "solid", color: "var(--chart-1)" },
  { key: "updated", fill: "hatched", color: "var(--chart-1)" },
  { key: "nothingNew", fill: "dotted", color: "var(--muted-foreground)" },
  { key: "errors", fill: "solid", color: "var(--danger)" },
] as const satisfies readonly { key: keyof ReturnType<typeof countOutcomes>; fill: Fill; color: string }[];

const LABELS = { created: "New people", updated: "Updated", nothingNew: "Nothing new", errors: "Could not be read" };

/** How far it is, by outcome; at every moment the four numbers are the rows read so far. */
export function RunNumbers({ job, isOpen }: { job: ImportJob; isOpen: boolean }) {
  const outcomes = countOutcomes(job);
  const { processed, total, rowsPerSecond } = job;
  const leftMs = rowsPerSecond ? ((total - processed) / rowsPerSecond) * 1000 : null;
  return (
    <Card>
      <div className="px-4 pt-3.5 pb-3">
        <p className="mb-2 flex flex-wrap items-baseline justify-between gap-x-4">
          <span>
            <b className="font-display text-lg">{formatCount(processed)}</b> of {formatCountOf(total, "row")}
          </span>
          <span className="text-muted-foreground">
            {rowsPerSecond !== null && `${formatCount(Math.round(rowsPerSecond))} rows a second`}
            {isOpen &&
              leftMs !== null &&
              ` · about ${formatDuration(Math.max(1_000, Math.round(leftMs / 1000) * 1000))} left`}
          </span>
        </p>
        <OutcomeBar
          label="Rows by what became of them"
          total={total}
          parts={PARTS.map(({ key, fill, color }) => ({
            key,
            label: LABELS[key].toLowerCase(),
            value: outcomes[key],
            fill,
            color,
          }))}
        />
      </div>
      <div className="grid grid-cols-4 border-t border-border max-md:grid-cols-2">
        {PARTS.map(({ key, fill, color }) => (
          <Stat
            key={key}
            value={outcomes[key]}
            className="border-l border-border px-4 py-3 first:border-l-0 max-md:odd:border-l-0 max-md:nth-[n+3]:border-t"
            label={
              <>
                <SplitBarKey fill={fill} color={color} />
                {LABELS[key]}
              </>
            }
          />
        ))}
      </div>
    </Card>
  );
}

/** The first rows that could not be read, with what is wrong; the rest by file. */
export function BadRows({ job }: { job: ImportJob }) {
  const [isBusy, setBusy] = useState(false);
  const rows = job.examples.errors ?? [];
  if (job.errorCount === 0) return null;
  const download = async () => {
    setBusy(true);
    const error = await downloadFile(`/api/contacts/import/${job.jobId}/errors`, "import-errors.csv");
    setBusy(false);
    if (error) notifyFailed(`The rows were not saved. ${error.message}`);
  };
  const more =
    job.errorCount > rows.length
      ? `the first ${rows.length} of ${formatCount(job.errorCount)}`
      : formatCount(job.errorCount);
  return (
    <Card>
      <CardHeader title="Rows that could not be read" note={more}>
        <Button size="sm" icon={<Download aria-hidden />} isBusy={isBusy} onClick={() => void download()}>
          Download these rows
        </Button>
      </CardHeader>
      <div className="overflow-x-auto">
        <Table aria-label="Rows that could not be read">
          <TableHead>
            <tr>
              <TableHeaderCell isNumeric>Line</TableHeaderCell>
              <TableHeaderCell>In the file</TableHeaderCell>
              <TableHeaderCell>What is wrong</TableHeaderCell>
            </tr>
          </TableHead>
          <TableBody>
            {rows.map(({ line, label, detail }) => (
              <TableRow key={line}>
                <TableCell isNumeric className="w-20">
                  {formatCount(line)}
                </TableCell>
                <TableCell className="max-w-64 truncate font-mono text-sm" title={label}>
                  {label}
                </TableCell>
                <TableCell className="whitespace-normal">{detail}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </div>
    </Card>
  );
}

/** Rows of one outcome, by example. */
export function Examples({
  title,
  note,
  examples,
}: {
  title: string;
  note?: string;
  examples: readonly ImportExample[] | undefined;
}) {
  if (!examples || examples.length === 0) return null;
  return (
    <Card>
      <CardHeader title={title} note={note} />
      <ul aria-label={title}>
        {examples.map(({ line, label, detail }) => (
          <li
            key={line}
            className="flex flex-wrap items-center gap-x-3 gap-y-0.5 border-t border-border px-4 py-2 text-table first:border-t-0"
          >
            <Avatar name={/@| · /.test(label) ? null : label} />
            <b className="min-w-0 flex-1 basis-40 truncate">{label}</b>
            <span className="min-w-0 flex-1 basis-40 wrap-anywhere">{detail}</span>
            <span className="text-muted-foreground">Line {formatCount(line)}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
