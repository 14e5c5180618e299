import type { Campaign } from "@hustings/contracts/campaigns";
import { TextButton } from "@hustings/ui/button";
import { Card, CardBody, CardHeader } from "@hustings/ui/card";
import { Field } from "@hustings/ui/field";
import { Input } from "@hustings/ui/input";
import { RadioGroup } from "@hustings/ui/radio";
import { Switch } from "@hustings/ui/switch";
import { useNow } from "@hustings/ui/time";
import { useWorkspace } from "~/client/workspace";
import type { CanaryWish } from "./canary";
import { CanaryChoice } from "./canary-choice";
import { formatInZone, fromLocalInput, toLocalInput } from "./local-time";
import { HOLDS, type Hold, nameHold, type SendTime } from "./send-time";
import { WhatHappensWhen } from "./what-happens-when";

const nameZone = (zone: string): string => zone.replaceAll("_", " ");

/** A first suggestion: tomorrow morning. */
function tomorrowMorning(): Date {
  const date = new Date();
  date.setDate(date.getDate() + 1);
  date.setHours(9, 0, 0, 0);
  return date;
}

export type HowItLeavesProps = {
  campaign: Campaign;
  /** How many get it as it stands. */
  recipients: number;
  time: SendTime;
  onTimeChange: (time: SendTime) => void;
  hold: Hold;
  onHoldChange: (hold: Hold) => void;
  canary: CanaryWish;
  onCanaryChange: (canary: CanaryWish) => void;
};

/** Now, after a hold or at once, or at a time in the viewer's zone; all together, or some first. */
export function HowItLeaves({
  campaign,
  recipients,
  time,
  onTimeChange,
  hold,
  onHoldChange,
  canary,
  onCanaryChange,
}: HowItLeavesProps) {
  const now = useNow();
  const workspace = useWorkspace();
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
            hint={
              <>
                In your zone, {nameZone(zone)}. Who gets it is decided then, not now.
                {time.at && workspace.timeZone && workspace.timeZone !== zone && (
                  <span className="block">
                    In {nameZone(workspace.timeZone)}, the workspace’s zone, that is{" "}
                    {formatInZone(time.at, workspace.timeZone)}.
                  </span>
                )}
              </>
            }
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
        <CanaryChoice canary={canary} recipients={recipients} onChange={onCanaryChange} />
        {time.kind === "now" && <HoldChoice hold={hold} onChange={onHoldChange} />}
        <WhatHappensWhen time={time} hold={hold} canary={canary} recipients={recipients} />
      </CardBody>
    </Card>
  );
}

function HoldChoice({ hold, onChange }: { hold: Hold; onChange: (hold: Hold) => void }) {
  return (
    <div>
      <Switch checked={hold.isOn} onChange={(event) => onChange({ ...hold, isOn: event.target.checked })}>
        <b>Hold for {nameHold(hold)} so you can take it back</b>
      </Switch>
      <p className="pl-[46px] text-sm text-muted-foreground">
        {hold.isOn ? "Nothing leaves before. " : "It starts leaving at once. "}
        {hold.isOn &&
          HOLDS.map(({ seconds, words }, index) => (
            <span key={seconds}>
              {index > 0 && " · "}
              {seconds === hold.seconds ? (
                <b className="text-foreground">{words}</b>
              ) : (
                <TextButton onClick={() => onChange({ ...hold, seconds })}>{words}</TextButton>
              )}
            </span>
          ))}
      </p>
    </div>
  );
}
