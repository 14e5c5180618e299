import { Table, TableBody, TableCell, TableHead, TableHeaderCell } from "@hustings/ui/table";
import type { RouterOutputs } from "~/client/trpc";
import { trpc } from "~/client/trpc";
import { QueryError } from "~/components/query-error";
import { ScrollBox } from "~/components/scroll-box";
import type { CaughtMail } from "./mail-row";

/** Saves the message as a mail program opens it. */
export function downloadMessage({ fileName, raw }: RouterOutputs["sandbox"]["raw"]): void {
  const address = URL.createObjectURL(new Blob([raw], { type: "message/rfc822" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(address);
}

export function HeadersTable({ mail, headers }: { mail: CaughtMail; headers: [string, string][] }) {
  const rows: [string, string][] = [["From", mail.from], ["To", mail.to], ["Subject", mail.subject], ...headers];
  return (
    <Table aria-label="Headers">
      <TableHead>
        <tr>
          <TableHeaderCell>Header</TableHeaderCell>
          <TableHeaderCell>Value</TableHeaderCell>
        </tr>
      </TableHead>
      <TableBody>
        {rows.map(([name, value]) => (
          <tr key={name}>
            <TableCell className="font-mono text-sm whitespace-nowrap max-md:whitespace-normal">{name}</TableCell>
            <TableCell className="font-mono text-sm whitespace-normal wrap-anywhere">{value}</TableCell>
          </tr>
        ))}
      </TableBody>
    </Table>
  );
}

/** The message as it would go over the wire. */
export function RawMessage({ id, className }: { id: string; className: string }) {
  const raw = trpc.sandbox.raw.useQuery({ id });
  if (raw.error)
    return (
      <QueryError
        title="The source did not load."
        error={raw.error}
        onRetry={() => void raw.refetch()}
        className="m-4"
      />
    );
  return (
    <ScrollBox label="Source" isBusy={raw.isPending} className="h-full">
      <pre className={className}>{raw.data?.raw}</pre>
    </ScrollBox>
  );
}
