import type { ReactNode } from "react";
import { cn } from "./class-names";
import { formatCount } from "./count";

/** A large number with what it counts: “1,902 new people”. */
export function Stat({
  value,
  share,
  label,
  className,
}: {
  value: number;
  share?: ReactNode;
  label: ReactNode;
  className?: string;
}) {
  return (
    <div className={cn("flex flex-col-reverse justify-end", className)}>
      <span className="flex items-center gap-1.5 text-sm text-muted-foreground">{label}</span>
      <span>
        <b className="font-display text-xl tracking-[-.015em]">{formatCount(value)}</b>
        {share && <span className="ml-1 text-muted-foreground">{share}</span>}
      </span>
    </div>
  );
}
