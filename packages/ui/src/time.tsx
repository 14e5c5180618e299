import { useEffect, useState } from "react";
import { cn } from "./class-names";
import { Tooltip } from "./tooltip";

const DAY_MS = 86_400_000;
const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat("en-GB", options);
const exact = format({
  weekday: "long",
  day: "numeric",
  month: "long",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  timeZoneName: "short",
});
const clock = format({ hour: "2-digit", minute: "2-digit" });
const dayMonth = format({ day: "numeric", month: "short" });
const dayMonthYear = format({ day: "numeric", month: "short", year: "numeric" });

const startOfDay = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
const daysBetween = (from: Date, to: Date) => Math.round((startOfDay(to) - startOfDay(from)) / DAY_MS);

/** `11:33`, in the viewer's zone. */
export const formatClock = (date: Date): string => clock.format(date);
/** `24 Aug 2026`; without the year in the current one when `now` is given. */
export const formatDay = (date: Date, now?: Date): string =>
  (now && date.getFullYear() === now.getFullYear() ? dayMonth : dayMonthYear).format(date);
/** `Monday, 23 November 2026 at 11:33:04 CET`. */
export const formatExactTime = (date: Date): string => exact.format(date);

/**
 * How long ago in words: `Just now`, `4 minutes ago`, `Yesterday`, `21 days ago`, `2 Oct`, `2 Oct 2025`;
 * ahead: `In 8 minutes`, `Today 18:00`, `Tomorrow 08:00`, `4 Dec 08:00`. Days are calendar days of the viewer.
 */
export function formatRelativeTime(date: Date, now: Date): string {
  const seconds = Math.round((now.getTime() - date.getTime()) / 1000);
  return seconds < -4 ? formatAhead(date, now, -seconds) : formatAgo(date, now, Math.max(0, seconds));
}

function formatAgo(date: Date, now: Date, seconds: number): string {
  if (seconds < 5) return "Just now";
  if (seconds < 60) return `${seconds} seconds ago`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return minutes === 1 ? "1 minute ago" : `${minutes} minutes ago`;
  const days = daysBetween(date, now);
  const hours = Math.floor(minutes / 60);
  if (days === 0 || hours < 3) return hours === 1 ? "1 hour ago" : `${hours} hours ago`;
  if (days === 1) return "Yesterday";
  return days <= 30 ? `${days} days ago` : formatDay(date, now);
}

function formatAhead(date: Date, now: Date, seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return minutes === 1 ? "In 1 minute" : `In ${minutes} minutes`;
  const days = daysBetween(now, date);
  if (days === 0) return `Today ${formatClock(date)}`;
  return `${days === 1 ? "Tomorrow" : formatDay(date, now)} ${formatClock(date)}`;
}

/** `42 s`, `3 min 4 s`, `2 h 5 min`: how long something took or will take. */
export function formatDuration(durationMs: number): string {
  if (durationMs < 10_000) return `${(durationMs / 1000).toFixed(1).replace(/\.0$/, "")} s`;
  const seconds = Math.round(durationMs / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  const hours = Math.floor(minutes / 60);
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
}

export type RelativeTimeProps = {
  /** A date, or the API's UTC string. */
  at: Date | string | null | undefined;
  /** What stands there when there is none. */
  empty?: string;
  /** Lower case, for the middle of a sentence. */
  isInSentence?: boolean;
  /** Off where the row or link around it is the stop of the tab key. */
  isFocusable?: boolean;
  className?: string;
};

/** When something happened, in words that keep up; the exact time on hover and focus. */
export function RelativeTime({ at, empty = "Never", isInSentence, isFocusable = true, className }: RelativeTimeProps) {
  const now = useNow();
  if (!at) return <span className={cn("text-muted-foreground", className)}>{empty}</span>;
  const date = typeof at === "string" ? new Date(at) : at;
  const words = formatRelativeTime(date, now);
  return (
    <Tooltip content={formatExactTime(date)}>
      <time
        dateTime={date.toISOString()}
        tabIndex={isFocusable ? 0 : undefined}
        className={cn("rounded-sm whitespace-nowrap", className)}
      >
        {isInSentence ? words.charAt(0).toLowerCase() + words.slice(1) : words}
      </time>
    </Tooltip>
  );
}

/** The time, renewed every `everyMs`; one re-render for who uses it. */
export function useNow(everyMs = 30_000): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = window.setInterval(() => setNow(new Date()), everyMs);
    return () => window.clearInterval(timer);
  }, [everyMs]);
  return now;
}
