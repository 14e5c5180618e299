import type { ReactNode } from "react";
import { TextButton } from "./button";
import { CopyIcon } from "./copy-button";
import { Note } from "./note";

export type ErrorPanelProps = {
  /** What happened: “The count did not load.” */
  title: ReactNode;
  /** Why, and what to do. */
  children?: ReactNode;
  /** What stayed as it was. `null` where it would not be true or is plain. */
  safe?: ReactNode;
  /** Each wrong thing at once, as the server names them. */
  details?: readonly string[];
  onRetry?: () => void;
  /** To copy and pass on. */
  requestId?: string;
  className?: string;
};

/** What happened, what is safe, what to do next. */
export function ErrorPanel({
  title,
  children,
  safe = "Nothing was changed or sent.",
  details = [],
  onRetry,
  requestId,
  className,
}: ErrorPanelProps) {
  return (
    <Note tone="bad" isAlert className={className}>
      <p>
        <b>{title}</b> {children} {safe}
      </p>
      {details.length > 0 && (
        <ul className="mt-1 list-disc pl-4">
          {details.map((detail) => (
            <li key={detail}>{detail}</li>
          ))}
        </ul>
      )}
      {(onRetry || requestId) && (
        <p className="mt-1 flex flex-wrap items-center gap-x-1.5">
          {onRetry && <TextButton onClick={onRetry}>Try again</TextButton>}
          {onRetry && requestId && <span aria-hidden>·</span>}
          {requestId && (
            <span className="inline-flex items-center gap-1 text-muted-foreground">
              Request {requestId.length > 13 ? requestId.slice(0, 13) : requestId}
              <CopyIcon text={requestId} label="Copy the request number" />
            </span>
          )}
        </p>
      )}
    </Note>
  );
}
