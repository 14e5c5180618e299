import type { ConnectOutcome } from "@hustings/contracts/email-connections";
import { TextButton } from "@hustings/ui/button";
import { Note } from "@hustings/ui/note";
import type { Tone } from "@hustings/ui/tone";
import { parseAsStringLiteral, useQueryState } from "nuqs";

const OUTCOMES: Record<ConnectOutcome, { tone: Tone; words: string }> = {
  connected: { tone: "good", words: "Your Gmail is connected. Its past is being read now; that can take a while." },
  denied: { tone: "look", words: "You said no at Google, so nothing was connected." },
  no_permission: {
    tone: "bad",
    words: "The box for reading email was not ticked at Google, so nothing was connected. Try again with it ticked.",
  },
  wrong_state: {
    tone: "bad",
    words: "This way back from Google belongs to no connection that you began in this browser. Nothing was connected.",
  },
  expired: { tone: "bad", words: "That took longer than ten minutes. Nothing was connected; try again." },
  used: { tone: "look", words: "This way back from Google was used before. Nothing was changed." },
  failed: {
    tone: "bad",
    words: "Google did not give access. Nothing was connected; try again. If it goes on, tell whoever runs Hustings.",
  },
  not_configured: { tone: "bad", words: "Gmail is not set up on this server. Nothing was connected." },
  signed_out: { tone: "bad", words: "You were signed out meanwhile. Nothing was connected; try again." },
};
const NAMES = Object.keys(OUTCOMES) as ConnectOutcome[];

/** How the way to Google ended, as the address says it. */
export function ConnectOutcomeNote() {
  const [outcome, setOutcome] = useQueryState("gmail", parseAsStringLiteral(NAMES));
  if (!outcome) return null;
  const { tone, words } = OUTCOMES[outcome];
  return (
    <Note tone={tone} isAlert className="mb-4">
      {words} <TextButton onClick={() => void setOutcome(null)}>Close</TextButton>
    </Note>
  );
}
