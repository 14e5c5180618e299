import { TextButton } from "@hustings/ui/button";
import { formatRelativeTime, useNow } from "@hustings/ui/time";
import { splitDetails } from "~/client/errors";
import type { SaveState } from "./use-draft";

const LABELS: Record<string, string> = {
  name: "The name",
  subject: "The subject",
  preheader: "The preheader",
  fromEmail: "The sender’s address",
  fromName: "The sender’s name",
  body: "The text",
};

/** “Saved 4 seconds ago”, or what keeps it from being saved. */
export function SaveNote({ state, onRetry }: { state: SaveState; onRetry: () => void }) {
  const now = useNow(4_000);
  if (state.kind === "refused")
    return (
      <span role="alert" className="text-danger">
        Not saved. {toSentence(state.error)} What you typed is still here.{" "}
        <TextButton onClick={onRetry}>Try again</TextButton>
      </span>
    );
  if (state.kind === "saved") {
    const ago = formatRelativeTime(state.at, now.getTime() > state.at.getTime() ? now : state.at);
    return <span>Saved {ago.charAt(0).toLowerCase() + ago.slice(1)}</span>;
  }
  return <span>{state.kind === "saving" ? "Saving" : "Not saved yet"}</span>;
}

function toSentence({ message, details }: { message: string; details: string[] }): string {
  const { byField, rest } = splitDetails(details);
  const words = [
    ...[...byField].map(([field, detail]) => `${LABELS[field] ?? field}: ${detail}.`),
    ...rest.map((detail) => `${detail}.`),
  ];
  return words.length > 0 ? words.join(" ") : /[.!?]$/.test(message) ? message : `${message}.`;
}
