import { ErrorPanel } from "@hustings/ui/error-panel";
import { NotAllowed } from "@hustings/ui/not-allowed";
import type { ReactNode } from "react";
import { readCallError } from "~/client/errors";

export type QueryErrorProps = {
  /** What did not happen: “The tags did not load.” */
  title: ReactNode;
  error: unknown;
  onRetry?: () => void;
  /** What stayed as it was; for reads it goes without saying. */
  safe?: ReactNode;
  className?: string;
};

/** A failed call as a panel: the server's words, every detail, the request number. */
export function QueryError({ title, error, onRetry, safe = null, className }: QueryErrorProps) {
  const { code, message, details, requestId } = readCallError(error);
  if (code === "FORBIDDEN") return <NotAllowed className={className}>{message}.</NotAllowed>;
  return (
    <ErrorPanel
      title={title}
      details={details}
      onRetry={onRetry}
      requestId={requestId}
      safe={safe}
      className={className}
    >
      {/[.!?]$/.test(message) ? message : `${message}.`}
    </ErrorPanel>
  );
}
