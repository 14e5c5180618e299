import type { ReactNode } from "react";
import { cn } from "./class-names";

/** A key to press. Several keys after another are several of these. */
export function Kbd({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <kbd
      className={cn(
        "inline-block min-w-[18px] rounded-sm border border-border-strong bg-card px-1 text-center font-sans text-[11.5px] leading-4 font-medium text-muted-foreground",
        className,
      )}
    >
      {children}
    </kbd>
  );
}
