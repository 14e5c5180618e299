import { ErrorPanel } from "@hustings/ui/error-panel";
import type { CallError } from "~/client/errors";

/** What the server said about the whole form; its fields keep what was typed. */
export function FormError({ error, title = "This was not saved." }: { error: CallError | null; title?: string }) {
  if (!error) return null;
  return (
    <ErrorPanel
      title={title}
      details={error.details}
      requestId={error.requestId}
      safe={error.code === "NETWORK" || error.requestId ? "What you typed is still here." : null}
    >
      {/[.!?]$/.test(error.message) ? error.message : `${error.message}.`}
    </ErrorPanel>
  );
}
