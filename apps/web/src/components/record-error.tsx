import { ErrorPanel } from "@hustings/ui/error-panel";
import type { ReactNode } from "react";
import { readCallError } from "~/client/errors";
import { QueryError } from "./query-error";

/** What the server says to an address that names nothing here: no such row, or no id at all. */
const NO_SUCH_RECORD = ["NOT_FOUND", "BAD_REQUEST"];

export type RecordErrorProps = {
  /** What it is, in the middle of a sentence: “person”. */
  noun: string;
  error: unknown;
  onRetry: () => void;
  /** Said in place of “There is no such person here”, where one knows more of why. */
  gone?: ReactNode;
  /** Why it may not be there, and what to do. */
  goneWhy?: ReactNode;
  className?: string;
};

/** Stands where one record would: it is not there, or it did not load. */
export function RecordError({
  noun,
  error,
  onRetry,
  gone = `There is no such ${noun} here.`,
  goneWhy = "It may have been deleted, or be in another workspace.",
  className = "max-w-xl",
}: RecordErrorProps) {
  if (!NO_SUCH_RECORD.includes(readCallError(error).code))
    return <QueryError title={`The ${noun} did not load.`} error={error} onRetry={onRetry} className={className} />;
  return (
    <ErrorPanel title={gone} safe={null} className={className}>
      {goneWhy}
    </ErrorPanel>
  );
}
