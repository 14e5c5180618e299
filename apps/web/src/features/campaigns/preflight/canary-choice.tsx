import { Button, TextButton } from "@hustings/ui/button";
import { formatCount, formatCountOf } from "@hustings/ui/count";
import { Field } from "@hustings/ui/field";
import { Input } from "@hustings/ui/input";
import { Select } from "@hustings/ui/select";
import { Switch } from "@hustings/ui/switch";
import { useState } from "react";
import { type CanaryWish, findWishProblem, firstOf } from "./canary";

type ChoiceProps = { canary: CanaryWish; recipients: number; onChange: (canary: CanaryWish) => void };

/** Whether some go first, and what they must say for the rest to follow. */
export function CanaryChoice({ canary, recipients, onChange }: ChoiceProps) {
  const [isChanging, setChanging] = useState(false);
  const { isOn, waitMinutes, bouncePercent, complaints } = canary;
  const isEverybody = isOn && findWishProblem(canary) === null && firstOf(canary, recipients) === null;
  return (
    <div>
      <Switch checked={isOn} onChange={(event) => onChange({ ...canary, isOn: event.target.checked })}>
        <b>
          Try {sizeWords(canary)} first, then wait{" "}
          {Number.isNaN(waitMinutes) ? "…" : formatCountOf(waitMinutes, "minute")}
        </b>
      </Switch>
      <div className="pl-[46px] text-sm text-muted-foreground">
        <p>
          {isEverybody ? (
            "That would be everybody who gets it, with nobody left to wait."
          ) : isOn ? (
            <>
              If more than <b className="text-foreground">{Number.isNaN(bouncePercent) ? "…" : bouncePercent}%</b>{" "}
              bounce or <b className="text-foreground">{Number.isNaN(complaints) ? "…" : formatCount(complaints)}</b>{" "}
              {complaints === 1 ? "person marks" : "people mark"} it as spam, it stops by itself and asks you.
            </>
          ) : (
            "Everybody gets it as fast as it leaves."
          )}{" "}
          {isOn && !isChanging && <TextButton onClick={() => setChanging(true)}>Change</TextButton>}
        </p>
        {isOn && isChanging && <Fields canary={canary} onChange={onChange} onDone={() => setChanging(false)} />}
      </div>
    </div>
  );
}

function sizeWords({ unit, size }: CanaryWish): string {
  if (Number.isNaN(size)) return "…";
  return unit === "percent" ? `${formatCount(size)}% of them` : formatCountOf(size, "person", "people");
}

function Fields({
  canary,
  onChange,
  onDone,
}: {
  canary: CanaryWish;
  onChange: (canary: CanaryWish) => void;
  onDone: () => void;
}) {
  const problem = findWishProblem(canary);
  return (
    <fieldset className="mt-2 grid grid-cols-2 gap-x-3 gap-y-2.5 text-foreground">
      <legend className="sr-only">Some go first</legend>
      <NumberField
        key={canary.unit}
        label="How many first"
        value={canary.size}
        onChange={(size) => onChange({ ...canary, size })}
      />
      <Field label="Counted in">
        <Select
          value={canary.unit}
          onValueChange={(unit) =>
            onChange({ ...canary, unit: unit as CanaryWish["unit"], size: unit === "percent" ? 5 : 200 })
          }
          options={[
            { value: "people", label: "people" },
            { value: "percent", label: "percent of them" },
          ]}
        />
      </Field>
      <NumberField
        label="Wait, minutes"
        value={canary.waitMinutes}
        onChange={(waitMinutes) => onChange({ ...canary, waitMinutes })}
      />
      <span aria-hidden />
      <NumberField
        label="Stop above, percent bounced"
        value={canary.bouncePercent}
        onChange={(bouncePercent) => onChange({ ...canary, bouncePercent })}
      />
      <NumberField
        label="Stop at, marked as spam"
        value={canary.complaints}
        onChange={(complaints) => onChange({ ...canary, complaints })}
      />
      {problem && (
        <p role="alert" className="col-span-2 text-danger">
          {problem}
        </p>
      )}
      <div className="col-span-2">
        <Button size="sm" offReason={problem} onClick={onDone}>
          Done
        </Button>
      </div>
    </fieldset>
  );
}

/** Keeps what is typed; what is no number is NaN, which the wish's check names. */
function NumberField({ label, value, onChange }: { label: string; value: number; onChange: (value: number) => void }) {
  const [text, setText] = useState(String(value));
  return (
    <Field label={label}>
      <Input
        inputMode="decimal"
        autoComplete="off"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          onChange(event.target.value.trim() === "" ? Number.NaN : Number(event.target.value));
        }}
      />
    </Field>
  );
}
