import { Check } from "lucide-react";
import { cn } from "./class-names";

/** Where one is on a way of several pages: done, here, to come. */
export function Steps({
  label,
  steps,
  current,
  className,
}: {
  label: string;
  steps: readonly string[] /** Index from 0. */;
  current: number;
  className?: string;
}) {
  return (
    <ol aria-label={label} className={cn("flex flex-wrap items-center gap-x-2 gap-y-1.5 text-sm", className)}>
      {steps.map((step, index) => {
        const isDone = index < current;
        const isHere = index === current;
        return (
          <li
            key={step}
            aria-current={isHere ? "step" : undefined}
            className={cn("flex items-center gap-2", isHere ? "font-semibold" : "text-muted-foreground")}
          >
            {index > 0 && <span aria-hidden className="mx-1 w-[18px] border-t border-border-strong" />}
            <span
              aria-hidden
              className={cn(
                "grid size-[22px] place-items-center rounded-full text-xs font-semibold",
                isDone && "bg-primary-soft text-primary-text",
                isHere && "bg-primary text-primary-foreground",
                !isDone && !isHere && "inset-ring inset-ring-input",
              )}
            >
              {isDone ? <Check className="size-3.5" /> : index + 1}
            </span>
            {step}
            {isDone && <span className="sr-only">, done</span>}
          </li>
        );
      })}
    </ol>
  );
}
