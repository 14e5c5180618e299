import { type ComponentProps, type ReactNode, useId } from "react";
import { cn } from "./class-names";

export type SwitchProps = Omit<ComponentProps<"input">, "type" | "role"> & {
  /** What is on when it is on. Without it give `aria-label`. */
  children?: ReactNode;
  /** Quiet words below. */
  hint?: ReactNode;
};

/** On or off, at once. For a choice that is saved with a form use a `Checkbox`. */
export function Switch({ children, hint, className, ...rest }: SwitchProps) {
  const ownId = useId();
  const control = (
    <input
      id={ownId}
      type="checkbox"
      // biome-ignore lint/a11y/useAriaPropsForRole: a native checkbox tells its state itself; aria-checked beside it can only disagree
      role="switch"
      className={cn(
        "relative my-0.5 h-5 w-[34px] shrink-0 cursor-pointer appearance-none rounded-full border-[1.5px] border-input bg-card transition-colors",
        "before:absolute before:top-[2px] before:left-[2px] before:size-[13px] before:rounded-full before:bg-input before:transition-[left] after:absolute after:-inset-1",
        "checked:border-primary checked:bg-primary checked:before:left-4 checked:before:bg-primary-foreground",
        "disabled:cursor-not-allowed disabled:border-border-strong disabled:bg-sunken disabled:before:bg-border-strong",
        className,
      )}
      {...rest}
    />
  );
  if (!children) return control;
  return (
    <label htmlFor={rest.id ?? ownId} className="flex items-start gap-3">
      {control}
      <span className="min-w-0 pt-0.5">
        {children}
        {hint && <span className="block text-sm text-muted-foreground">{hint}</span>}
      </span>
    </label>
  );
}
