import { cva, type VariantProps } from "class-variance-authority";
import { Slot } from "radix-ui";
import { type ComponentProps, type MouseEvent, type ReactNode, useId } from "react";
import { cn } from "./class-names";
import { Spinner } from "./spinner";
import { Tooltip } from "./tooltip";

/** The look of a button, for the rare element that must look like one. */
export const buttonClasses = cva(
  [
    "relative inline-flex shrink-0 items-center justify-center gap-[7px] rounded-md border font-medium whitespace-nowrap select-none",
    "transition-colors active:translate-y-px",
    "aria-disabled:cursor-not-allowed aria-disabled:border-border-strong aria-disabled:bg-sunken aria-disabled:font-medium aria-disabled:text-muted-foreground aria-disabled:active:translate-y-0 aria-disabled:[&_svg]:text-muted-foreground",
  ],
  {
    variants: {
      variant: {
        primary: "border-primary bg-primary font-semibold text-primary-foreground hover:bg-primary-hover",
        plain: "border-input bg-card text-foreground hover:bg-hover",
        quiet:
          "border-transparent bg-transparent text-foreground hover:bg-hover aria-disabled:border-transparent aria-disabled:bg-transparent",
        danger: "border-danger bg-card text-danger hover:bg-danger-soft",
        /** Filled marigold: lets mail out to many people. */
        send: "border-send-border bg-send font-bold text-send-foreground hover:bg-send-hover",
        /** Marigold outline: a test to yourself. */
        test: "border-send-border bg-card font-semibold text-foreground hover:bg-send-soft [&_svg]:text-send-text",
        /** Blue: the same act, caught by the sandbox. */
        sandbox: "border-sandbox-line bg-sandbox font-bold text-sandbox-foreground hover:brightness-110",
      },
      size: {
        md: "h-(--control) px-3 text-table",
        sm: "h-7 px-[9px] text-sm max-md:h-9",
        lg: "h-11 px-[18px] text-md",
        icon: "size-(--control) p-0",
        "icon-sm": "size-7 p-0 max-md:size-9",
      },
    },
    defaultVariants: { variant: "plain", size: "md" },
  },
);

export type ButtonVariant = NonNullable<VariantProps<typeof buttonClasses>["variant"]>;

export type ButtonProps = Omit<ComponentProps<"button">, "disabled"> &
  VariantProps<typeof buttonClasses> & {
    /** Drawn before the words. */
    icon?: ReactNode;
    /** Drawn after the words (an arrow for “another step follows”, a key). */
    trailing?: ReactNode;
    /** Under way: the width stays, a ring turns, presses are ignored. */
    isBusy?: boolean;
    /** Why the button cannot be pressed now. It stays in the tab order and says so. Falsy: it can be pressed. */
    offReason?: string | false | null | undefined;
    /** Takes the look to the one child, mostly a link. Not together with `isBusy` and `offReason`. */
    asChild?: boolean;
  };

/** A button. Its words repeat the verb and name the number: “Send to 4,812 people”. */
export function Button({
  variant,
  size,
  icon,
  trailing,
  isBusy = false,
  offReason,
  asChild,
  className,
  children,
  onClick,
  type = "button",
  ...rest
}: ButtonProps) {
  const reasonId = useId();
  const classes = cn(buttonClasses({ variant, size }), className);
  if (asChild)
    return (
      <Slot.Root className={classes} {...rest}>
        {icon}
        <Slot.Slottable>{children}</Slot.Slottable>
        {trailing}
      </Slot.Root>
    );
  const isOff = Boolean(offReason);
  const handleClick = (event: MouseEvent<HTMLButtonElement>) => {
    if (isOff || isBusy) {
      event.preventDefault();
      return;
    }
    onClick?.(event);
  };
  const button = (
    <button
      type={type}
      className={classes}
      aria-disabled={isOff || undefined}
      aria-busy={isBusy || undefined}
      aria-describedby={isOff ? reasonId : undefined}
      onClick={handleClick}
      {...rest}
    >
      {isBusy && <Spinner className="absolute" />}
      <span className={cn("contents", isBusy && "[&>*]:opacity-0")}>
        {icon}
        {children !== undefined && <span className="inline-flex items-center gap-[inherit]">{children}</span>}
        {trailing}
      </span>
      {isOff && (
        <span id={reasonId} className="sr-only">
          {offReason}
        </span>
      )}
    </button>
  );
  return isOff ? <Tooltip content={offReason}>{button}</Tooltip> : button;
}

export type IconButtonProps = Omit<ButtonProps, "children" | "icon" | "size" | "trailing" | "asChild"> & {
  /** The name of the control, spoken and shown on hover. */
  label: string;
  icon: ReactNode;
  size?: "md" | "sm";
};

/** A button of one icon; its label is spoken, and shown on hover and focus. */
export function IconButton({ label, icon, size = "md", variant = "quiet", offReason, ...rest }: IconButtonProps) {
  const button = (
    <Button
      variant={variant}
      size={size === "sm" ? "icon-sm" : "icon"}
      aria-label={label}
      icon={icon}
      offReason={offReason}
      {...rest}
    />
  );
  return offReason ? button : <Tooltip content={label}>{button}</Tooltip>;
}

/** A button that reads as a link in a sentence: acts, goes nowhere. */
export function TextButton({ className, type = "button", ...rest }: ComponentProps<"button">) {
  return <button type={type} className={cn("link min-h-6 rounded-sm max-md:min-h-8", className)} {...rest} />;
}
