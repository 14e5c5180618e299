import type { AutomationRule } from "@hustings/contracts/automations";
import { Note } from "@hustings/ui/note";
import { RelativeTime } from "@hustings/ui/time";

/** What an admin has to know of a rule before anything else: it is broken, or went round in circles. */
export function RuleNotes({ rule: { brokenReason, lastStoppedAt } }: { rule: AutomationRule }) {
  if (!brokenReason && !lastStoppedAt) return null;
  return (
    <div className="grid gap-2">
      {brokenReason && (
        <Note tone="bad">
          <b>This rule is broken and does nothing.</b> {brokenReason}. Change the lines that use it and save the rule.
        </Note>
      )}
      {lastStoppedAt && (
        <Note tone="look">
          <b>
            Stopped <RelativeTime at={lastStoppedAt} isInSentence />.
          </b>{" "}
          Rules had changed the same people five rounds in a row, and this one would have gone on. Look for another rule
          that undoes what this one does.
        </Note>
      )}
    </div>
  );
}
