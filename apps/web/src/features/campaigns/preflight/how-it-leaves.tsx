import type { Campaign } from "@hustings/contracts/campaigns";
import { Card, CardBody, CardHeader } from "@hustings/ui/card";
import { Field } from "@hustings/ui/field";
import { Input } from "@hustings/ui/input";
import { RadioGroup } from "@hustings/ui/radio";
import { formatClock, formatRelativeTime, useNow } from "@hustings/ui/time";
import { useIsSandbox } from "~/client/workspace";
import { fromLocalInput, toLocalInput } from "./local-time";

/** `at` null: later, but when is not said yet. */
export type SendTime = { kind: "now" } | { kind: "later"; at: Date | null };

/** A first suggestion: tomorrow morning. */
function tomorrowMorning(): Date {
  const date = new Date();
  date.setDate(date.getDate() + 1);
  date.setHours(9, 0, 0, 0);
  return date;
}

/** Now, or at a time in the viewer's zone. */
export function HowItLeaves({
  campaign,
  time,
  onTimeChange,
}: {
  campaign: Campaign;
  time: SendTime;
  onTimeChange: (time: SendTime) => void;
}) {
  const now = useNow();
  const isSandbox = useIsSandbox();
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const isPast = time.kind === "later" && time.at !== null && time.at <= now;
  return (
    <Card aria-label="How it leaves">
      <CardHeader title="How it leaves" />
      <CardBody className="grid gap-3">
        <RadioGroup
          label="When"
          isLabelHidden
          isInline
          value={time.kind}
          onValueChange={(kind) =>
            onTimeChange(
              kind === "now"
                ? { kind }
                : { kind, at: campaign.scheduledAt ? new Date(campaign.scheduledAt) : tomorrowMorning() },
            )
          }
          options={[
            { value: "now", label: "Now" },
            { value: "later", label: "Later, at a time you choose" },
          ]}
        />
        {time.kind === "later" && (
          <Field
            label="Day and time"
            hint={`In your zone, ${zone.replaceAll("_", " ")}. Who gets it is decided then, not now.`}
            error={
              isPast
                ? "That time is past. Choose one ahead, or Now."
                : time.at === null
                  ? "Choose a day and a time."
                  : undefined
            }
            className="max-w-72"
          >
            <Input
              type="datetime-local"
              value={time.at ? toLocalInput(time.at) : ""}
              min={toLocalInput(now)}
              onChange={(event) => onTimeChange({ kind: "later", at: fromLocalInput(event.target.value) })}
            />
          </Field>
        )}
        <ol aria-label="What will happen when" className="grid grid-cols-3 text-sm">
          <Stop time={formatClock(now)} isSending={false}>
            You press {time.kind === "now" ? "send" : "schedule"}
          </Stop>
          <Stop
            time={time.kind === "now" ? "At once" : time.at ? formatRelativeTime(time.at, now) : "–"}
            isSending
            isSandbox={isSandbox}
          >
            {time.kind === "now" ? "It starts leaving" : "Who matches then gets it"}
          </Stop>
          <Stop time="Then" isSending={false} isLast>
            You can pause, or cancel the rest
          </Stop>
        </ol>
      </CardBody>
    </Card>
  );
}

function Stop({
  time,
  isSending,
  isSandbox,
  isLast,
  children,
}: {
  time: string;
  isSending: boolean;
  isSandbox?: boolean;
  isLast?: boolean;
  children: React.ReactNode;
}) {
  return (
    <li className="min-w-0 pr-3">
      <b>{time}</b>
      <span aria-hidden className="-mr-3 my-1 flex items-center">
        <i
          className={`size-2.5 rounded-full border-2 ${isSending ? (isSandbox ? "border-sandbox-line bg-sandbox" : "border-send-border bg-send") : "border-input bg-card"}`}
        />
        {!isLast && <i className="h-0.5 flex-1 bg-border-strong" />}
      </span>
      <span>{children}</span>
    </li>
  );
}
