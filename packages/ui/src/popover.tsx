import { Popover as Primitive } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./class-names";

/** Surface of everything that floats: menus, lists, popovers. */
export const FLOATING =
  "z-50 overflow-hidden rounded-lg border border-border-strong bg-popover text-foreground shadow-float outline-none " +
  "data-[state=open]:animate-in data-[state=open]:fade-in-0 data-[state=closed]:animate-out data-[state=closed]:fade-out-0 duration-(--speed)";

/** Takes the role `dialog` from a popover that only holds a listbox. */
export const NO_ROLE = { role: undefined };

export const Popover = Primitive.Root;
export const PopoverTrigger = Primitive.Trigger;
export const PopoverAnchor = Primitive.Anchor;
export const PopoverClose = Primitive.Close;

/** A small panel beside what opened it. Give it a name: `aria-label` or `aria-labelledby`. */
export function PopoverContent({
  className,
  align = "start",
  sideOffset = 4,
  ...rest
}: ComponentProps<typeof Primitive.Content>) {
  return (
    <Primitive.Portal>
      <Primitive.Content
        align={align}
        sideOffset={sideOffset}
        collisionPadding={8}
        className={cn(
          FLOATING,
          "max-h-(--radix-popover-content-available-height) w-72 max-w-[calc(100vw-16px)] overflow-auto p-3",
          className,
        )}
        {...rest}
      />
    </Primitive.Portal>
  );
}
