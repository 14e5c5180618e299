import { type ComponentProps, type ReactNode, useEffect, useId, useRef } from "react";
import { cn } from "./class-names";
import { useFieldControl } from "./field";

const TICK =
  "checked:before:absolute checked:before:inset-px checked:before:bg-primary-foreground checked:before:[clip-path:polygon(15%_52%,24%_42%,39%_57%,74%_20%,84%_30%,39%_78%)]";
const MIXED =
  "indeterminate:before:absolute indeterminate:before:inset-x-[2px] indeterminate:before:top-[5px] indeterminate:before:h-[3px] indeterminate:before:bg-primary-foreground indeterminate:before:[clip-path:none]";

export type CheckboxProps = Omit<ComponentProps<"input">, "type"> & {
  /** Some of what it stands for is chosen. */
  isMixed?: boolean;
  /** Words beside the box, part of the target. Without them give `aria-label`. */
  children?: ReactNode;
};

/** A native checkbox, 16 px drawn, 28 px to hit. */
export function Checkbox({ isMixed = false, className, children, ...rest }: CheckboxProps) {
  const field = useFieldControl();
  const ownId = useId();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (input.current) input.current.indeterminate = isMixed;
  }, [isMixed]);
  const box = (
    <input
      ref={input}
      type="checkbox"
      {...(children ? { id: ownId } : field)}
      className={cn(
        "relative size-4 shrink-0 cursor-pointer appearance-none rounded-sm border-[1.5px] border-input bg-card align-middle",
        "after:absolute after:-inset-1.5 checked:border-primary checked:bg-primary indeterminate:border-primary indeterminate:bg-primary",
        "disabled:cursor-not-allowed disabled:border-border-strong disabled:bg-sunken disabled:before:bg-muted-foreground",
        TICK,
        MIXED,
        className,
      )}
      {...rest}
    />
  );
  if (!children) return box;
  return (
    <label htmlFor={rest.id ?? ownId} className="flex min-h-6 items-start gap-2.5 text-base max-md:min-h-8">
      <span className="flex h-5 items-center">{box}</span>
      <span className="min-w-0">{children}</span>
    </label>
  );
}
