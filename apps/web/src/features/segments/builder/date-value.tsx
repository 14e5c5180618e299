import { Input } from "@hustings/ui/input";
import { Select } from "@hustings/ui/select";

/** How a date is said: a length before or after the day it is read, or one day of the calendar. */
const WAYS = [
  { value: "-d", label: "days ago" },
  { value: "-w", label: "weeks ago" },
  { value: "-m", label: "months ago" },
  { value: "-y", label: "years ago" },
  { value: "+d", label: "days from now" },
  { value: "+w", label: "weeks from now" },
  { value: "date", label: "on the date" },
] as const;
type Way = (typeof WAYS)[number]["value"] | "other";

const RELATIVE = /^([+-])(\d{0,4})([dwmy])$/;

/** The calendar day that a relative date means today, in UTC as the server counts: `-90d` → `25 Aug 2026`. */
export function relativeDay(value: unknown): string | null {
  const [, sign, digits, unit] = RELATIVE.exec(String(value)) ?? [];
  if (!digits) return null;
  const amount = Number(digits) * (sign === "-" ? -1 : 1);
  const date = new Date();
  if (unit === "d" || unit === "w") date.setUTCDate(date.getUTCDate() + amount * (unit === "w" ? 7 : 1));
  else date.setUTCMonth(date.getUTCMonth() + amount * (unit === "y" ? 12 : 1));
  if (Number.isNaN(date.getTime())) return null;
  return new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }).format(
    date,
  );
}

/** Asks for a date: `-90d` as “90 days ago”, `2026-11-23` from the calendar, anything else as written. */
export function DateValue({
  label,
  value,
  onValueChange,
  marks,
}: {
  label: string;
  value: string;
  onValueChange: (value: string) => void;
  marks: { "aria-invalid"?: true; "aria-describedby"?: string };
}) {
  const relative = RELATIVE.exec(value);
  const [, sign = "-", digits = "", unit = "d"] = relative ?? [];
  const isOther = value !== "" && !relative && !/^\d{4}-\d{2}-\d{2}$/.test(value);
  const way: Way = relative || value === "" ? (`${sign}${unit}` as Way) : isOther ? "other" : "date";
  const changeWay = (next: Way) => {
    if (next === way) return;
    if (next === "date") onValueChange(new Date().toISOString().slice(0, 10));
    else if (next !== "other") onValueChange(`${next[0]}${digits || "30"}${next[1]}`);
  };
  return (
    <div className="flex min-w-0 gap-1.5">
      {way === "date" || way === "other" ? (
        <Input
          type={way === "date" ? "date" : "text"}
          aria-label={label}
          value={value}
          onChange={(event) => onValueChange(event.target.value)}
          boxClassName="flex-1"
          {...marks}
        />
      ) : (
        <Input
          aria-label={label}
          inputMode="numeric"
          autoComplete="off"
          value={digits}
          onChange={(event) => {
            const typed = event.target.value.replace(/\D/g, "").slice(0, 4);
            onValueChange(typed ? `${sign}${typed}${unit}` : "");
          }}
          boxClassName="flex-1"
          {...marks}
        />
      )}
      <Select
        aria-label={`${label}: counted how`}
        value={way}
        onValueChange={changeWay}
        options={way === "other" ? [...WAYS, { value: "other" as const, label: "as written" }] : WAYS}
        className="w-34 flex-none"
      />
    </div>
  );
}
