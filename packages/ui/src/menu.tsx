import { Check } from "lucide-react";
import { DropdownMenu as Primitive } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-names";
import { FLOATING } from "./popover";

/** The page behind stays reachable: a menu is light, and closes by Esc or a press elsewhere. */
export function Menu(props: ComponentProps<typeof Primitive.Root>) {
  return <Primitive.Root modal={false} {...props} />;
}
export const MenuTrigger = Primitive.Trigger;
export const MenuRadioGroup = Primitive.RadioGroup;

const ITEM =
  "relative flex min-h-8 w-full items-center gap-2.5 rounded-sm px-2 py-1 text-table outline-none select-none data-disabled:text-muted-foreground data-highlighted:bg-hover max-md:min-h-10 [&>svg]:text-muted-foreground";

/** A list of actions or choices that opens from a button. */
export function MenuContent({
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
          "max-h-(--radix-dropdown-menu-content-available-height) max-w-[calc(100vw-16px)] min-w-48 overflow-auto p-1",
          className,
        )}
        {...rest}
      />
    </Primitive.Portal>
  );
}

export type MenuItemProps = ComponentProps<typeof Primitive.Item> & {
  icon?: ReactNode;
  /** Right side: keys, a count. */
  trailing?: ReactNode;
  isDanger?: boolean;
};

export function MenuItem({ icon, trailing, isDanger, className, children, asChild, ...rest }: MenuItemProps) {
  const classes = cn(ITEM, isDanger && "text-danger [&>svg]:text-danger", className);
  if (asChild)
    return (
      <Primitive.Item asChild className={classes} {...rest}>
        {children}
      </Primitive.Item>
    );
  return (
    <Primitive.Item className={classes} {...rest}>
      {icon}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {trailing}
    </Primitive.Item>
  );
}

/** One of several, ticked. Inside a `MenuRadioGroup`. */
export function MenuRadioItem({ className, children, ...rest }: ComponentProps<typeof Primitive.RadioItem>) {
  return (
    <Primitive.RadioItem className={cn(ITEM, "pl-8", className)} {...rest}>
      <Primitive.ItemIndicator className="absolute left-2">
        <Check aria-hidden className="text-primary-text" />
      </Primitive.ItemIndicator>
      {children}
    </Primitive.RadioItem>
  );
}

/** On or off, ticked; the menu stays open. */
export function MenuCheckboxItem({ className, children, ...rest }: ComponentProps<typeof Primitive.CheckboxItem>) {
  return (
    <Primitive.CheckboxItem
      className={cn(ITEM, "pl-8", className)}
      onSelect={(event) => event.preventDefault()}
      {...rest}
    >
      <Primitive.ItemIndicator className="absolute left-2">
        <Check aria-hidden className="text-primary-text" />
      </Primitive.ItemIndicator>
      {children}
    </Primitive.CheckboxItem>
  );
}

export function MenuLabel({ className, ...rest }: ComponentProps<typeof Primitive.Label>) {
  return (
    <Primitive.Label
      className={cn("px-2 pt-1.5 pb-1 text-xs font-semibold text-muted-foreground", className)}
      {...rest}
    />
  );
}

export function MenuSeparator() {
  return <Primitive.Separator className="-mx-1 my-1 h-px bg-border" />;
}

/**
 * The trigger of a menu that is loaded when its button is first pressed. It lies unseen over that button, inside a
 * `relative` box, and gives the menu its place and its name; the button itself opens it (`open` on `Menu`).
 */
export function MenuAnchor({ label }: { label: string }) {
  return (
    <Primitive.Trigger asChild>
      <span aria-hidden tabIndex={-1} className="pointer-events-none absolute inset-0">
        <span className="sr-only">{label}</span>
      </span>
    </Primitive.Trigger>
  );
}
