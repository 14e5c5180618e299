import type { CreateScriptInput, ScriptCheck } from "@hustings/contracts/scripts";
import { Checkbox } from "@hustings/ui/checkbox";
import { Combobox } from "@hustings/ui/combobox";
import { Field } from "@hustings/ui/field";
import { Input } from "@hustings/ui/input";
import { useState } from "react";
import { type UseFormReturn, useController } from "react-hook-form";
import { toFieldSentence } from "~/client/errors";
import { listTimeZones, nameTimeZone } from "~/client/time-zones";
import { findTimeZone, joinSchedule, splitSchedule } from "./schedule-text";
import { useCheckedSchedule } from "./use-checked";

const LABEL = "Schedule";

/** When a script runs by itself: five fields of cron and a time zone, in words and with the next times. */
export function ScheduleField({ form }: { form: UseFormReturn<CreateScriptInput, unknown, CreateScriptInput> }) {
  const { field, fieldState } = useController({ control: form.control, name: "cronSchedule" });
  const saved = field.value || null;
  const [timeZone, setTimeZone] = useState(() => findTimeZone(saved));
  const { pattern } = splitSchedule(saved ?? "");
  const checked = useCheckedSchedule(saved ?? "");
  const message = checked?.problem ?? fieldState.error?.message;
  const change = (text: string) => {
    // Pasted with its zone.
    const given = splitSchedule(text);
    if (given.timeZone) setTimeZone(given.timeZone);
    field.onChange(joinSchedule(given.timeZone ?? timeZone, given.pattern));
  };
  return (
    <div className="grid gap-3">
      <div className="grid gap-3.5 md:grid-cols-2">
        <Field
          label={LABEL}
          isOptional
          error={message && toFieldSentence(LABEL, message)}
          hint={
            <>
              Minute, hour, day, month, day of the week: <code className="font-mono">0 9 * * 1</code> is Mondays at
              nine.
            </>
          }
        >
          <Input
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            className="font-mono"
            {...field}
            value={pattern}
            onChange={(event) => change(event.target.value)}
          />
        </Field>
        <Field label="Time zone" hint="The schedule keeps its hour when clocks change there.">
          <Combobox
            label="Time zone"
            value={timeZone}
            valueLabel={nameTimeZone(timeZone)}
            onValueChange={(zone) => {
              if (!zone) return;
              setTimeZone(zone);
              field.onChange(joinSchedule(zone, pattern));
            }}
            options={listTimeZones()}
          />
        </Field>
      </div>
      {checked && checked.problem === null && <NextTimes {...checked} />}
      <Checkbox
        checked={form.watch("enabled") ?? true}
        onChange={(event) => form.setValue("enabled", event.target.checked, { shouldDirty: true })}
      >
        Run it by its schedule
      </Checkbox>
    </div>
  );
}

function NextTimes({ words, timeZone, times }: NonNullable<ScriptCheck["schedule"]>) {
  const format = new Intl.DateTimeFormat("en-GB", {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZone,
  });
  return (
    <section aria-label="When it runs" className="rounded-md bg-sunken px-3 py-2.5 text-sm">
      <p>
        <b>{words ?? "By this schedule"}</b>, {nameTimeZone(timeZone)} time
      </p>
      <p className="mt-1.5 text-muted-foreground">{times.length > 1 ? `The next ${times.length} times:` : "Next:"}</p>
      <ol className="mt-0.5 grid gap-x-4 md:grid-cols-2">
        {times.map((time) => (
          <li key={time}>
            <time dateTime={time}>{format.format(new Date(time))}</time>
          </li>
        ))}
      </ol>
    </section>
  );
}
