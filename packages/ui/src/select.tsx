import { Check, ChevronDown } from "lucide-react";
import { Select as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./class-names";
import { useFieldControl } from "./field";
import { CONTROL_BOX } from "./input";
import { FLOATING } from "./popover";

export type SelectOption<Value extends string> = {
  value: Value;
  label: string;
  icon?: ReactNode;
  /** Quiet words after the label: “5,390 match”. */
  hint?: ReactNode;
  isDisabled?: boolean;
};

export type SelectGroup<Value extends string> = { label: string; options: readonly SelectOption<Value>[] };

export type SelectProps<Value extends string> = {
  value: Value | null | undefined;
  onValueChange: (value: Value) => void;
  /** A flat list, or groups with a heading. For more than about 20 use a `Combobox`. */
  options: readonly SelectOption<Value>[] | readonly SelectGroup<Value>[];
  placeholder?: string;
  /** Only outside of a `Field`. */
  "aria-label"?: string;
  isDisabled?: boolean;
  name?: string;
  onBlur?: () => void;
  className?: string;
};

const isGrouped = <Value extends string>(
  options: SelectProps<Value>["options"],
): options is readonly SelectGroup<Value>[] => options.length > 0 && "options" in (options[0] as object);

/** One of a few. Values must not be empty strings. */
export function Select<Value extends string>({
  value,
  onValueChange,
  options,
  placeholder = "Choose",
  isDisabled,
  name,
  onBlur,
  className,
  ...rest
}: SelectProps<Value>) {
  const field = useFieldControl();
  return (
    <Primitive.Root
      value={value ?? ""}
      onValueChange={(next) => onValueChange(next as Value)}
      disabled={isDisabled}
      name={name}
    >
      <Primitive.Trigger
        {...field}
        {...rest}
        onBlur={onBlur}
        className={cn(
          CONTROL_BOX,
          "justify-between text-left data-placeholder:text-muted-foreground aria-invalid:border-danger data-disabled:cursor-not-allowed data-disabled:bg-sunken data-disabled:text-muted-foreground",
          className,
        )}
      >
        <span className="flex min-w-0 items-center gap-2 truncate [&_svg]:text-muted-foreground">
          <Primitive.Value placeholder={placeholder} />
        </span>
        <ChevronDown aria-hidden />
      </Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          position="popper"
          sideOffset={4}
          className={cn(
            FLOATING,
            "max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) p-1",
          )}
        >
          <Primitive.Viewport>
            {isGrouped(options)
              ? options.map((group) => (
                  <Primitive.Group key={group.label}>
                    <Primitive.Label className="px-2 pt-2 pb-1 text-xs font-semibold text-muted-foreground">
                      {group.label}
                    </Primitive.Label>
                    {group.options.map(toItem)}
                  </Primitive.Group>
                ))
              : options.map(toItem)}
          </Primitive.Viewport>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

function toItem<Value extends string>(option: SelectOption<Value>) {
  return (
    <Primitive.Item
      key={option.value}
      value={option.value}
      disabled={option.isDisabled}
      className="relative flex min-h-8 items-center gap-2 rounded-sm py-1 pr-8 pl-2 text-table outline-none select-none data-disabled:text-muted-foreground data-highlighted:bg-hover max-md:min-h-10"
    >
      <Primitive.ItemText>
        <span className="inline-flex items-center gap-2">
          {option.icon}
          {option.label}
        </span>
      </Primitive.ItemText>
      {option.hint && <span className="text-sm text-muted-foreground">{option.hint}</span>}
      <Primitive.ItemIndicator className="absolute right-2">
        <Check aria-hidden className="text-primary-text" />
      </Primitive.ItemIndicator>
    </Primitive.Item>
  );
}
