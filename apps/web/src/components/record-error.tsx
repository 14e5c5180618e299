import { ErrorPanel } from "@hustings/ui/error-panel";
import { readCallError } from "~/client/errors";
import { QueryError } from "./query-error";

/** What the server says to an address that names nothing here: no such row, or no id at all. */
const NO_SUCH_RECORD = ["NOT_FOUND", "BAD_REQUEST"];

/**
 * Stands where one record would: it is not there, or it did not load.
 *
 * @param noun what it is, in the middle of a sentence: “person”.
 */
export function RecordError({ noun, error, onRetry }: { noun: string; error: unknown; onRetry: () => void }) {
  if (!NO_SUCH_RECORD.includes(readCallError(error).code))
    return <QueryError title={`The ${noun} did not load.`} error={error} onRetry={onRetry} className="max-w-xl" />;
  return (
    <ErrorPanel title={`There is no such ${noun} here.`} safe={null} className="max-w-xl">
      It may have been deleted, or be in another workspace.
    </ErrorPanel>
  );
}
