import type { ComponentProps } from "react";
import { cn } from "./class-names";
import { useFieldControl } from "./field";

/** Text of several lines; grows with what is typed where the browser can. */
export function Textarea({ className, ...rest }: ComponentProps<"textarea">) {
  const field = useFieldControl();
  return (
    <textarea
      {...field}
      className={cn(
        "field-sizing-content block min-h-20 w-full min-w-0 rounded-md border border-input bg-card px-2.5 py-1.5 text-base",
        "focus-visible:border-ring focus-visible:outline-2 focus-visible:outline-offset-1 focus-visible:outline-ring",
        "aria-invalid:border-danger aria-invalid:outline-1 aria-invalid:outline-danger read-only:bg-sunken",
        className,
      )}
      {...rest}
    />
  );
}
