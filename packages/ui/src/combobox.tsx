import { ChevronDown, X } from "lucide-react";
import { Popover as Primitive } from "radix-ui";
import { useRef, useState } from "react";
import { cn } from "./class-names";
import { useFieldControl } from "./field";
import { CONTROL_BOX } from "./input";
import { Listbox, type ListboxOption, useListbox } from "./listbox";
import { FLOATING, NO_ROLE } from "./popover";

export type ComboboxProps = {
  /** Names the list and, outside of a `Field`, the text box. */
  label: string;
  value: string | null;
  onValueChange: (value: string | null) => void;
  options: readonly ListboxOption[];
  /** Words of the value when it is not among the options (a list that the server searches). */
  valueLabel?: string;
  /** Set when the server searches: gets what is typed. Otherwise the options are filtered here. */
  onSearch?: (text: string) => void;
  isLoading?: boolean;
  placeholder?: string;
  isClearable?: boolean;
  empty?: string;
  className?: string;
};

/** One of many, found by typing. */
export function Combobox({
  label,
  value,
  onValueChange,
  options,
  valueLabel,
  onSearch,
  isLoading,
  placeholder = "Type to find",
  isClearable,
  empty,
  className,
}: ComboboxProps) {
  const field = useFieldControl();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState<string | null>(null);
  const chosenLabel = options.find((option) => option.value === value)?.label ?? valueLabel ?? "";
  const matches =
    onSearch || !text ? options : options.filter((option) => option.label.toLowerCase().includes(text.toLowerCase()));

  const choose = (option: ListboxOption) => {
    onValueChange(option.value);
    close();
  };
  const list = useListbox(matches, choose);
  const close = () => {
    list.setOpen(false);
    setText(null);
  };
  const type = (next: string) => {
    setText(next);
    list.setOpen(true);
    list.setActive(0);
    onSearch?.(next);
  };

  return (
    <Primitive.Root open={list.isOpen} onOpenChange={(isOpen) => (isOpen ? list.setOpen(true) : close())}>
      <Primitive.Anchor asChild>
        <div className={cn(CONTROL_BOX, className)}>
          <input
            ref={input}
            {...field}
            {...(field.id ? {} : { "aria-label": label })}
            {...list.inputProps}
            value={text ?? chosenLabel}
            placeholder={placeholder}
            onChange={(event) => type(event.target.value)}
            onClick={() => list.setOpen(true)}
            onFocus={(event) => event.currentTarget.select()}
            onBlur={close}
            onKeyDown={list.onKeyDown}
            className="h-full min-w-0 flex-1 truncate border-0 bg-transparent outline-none"
          />
          {isClearable && value ? (
            <button
              type="button"
              aria-label={`Empty ${label}`}
              onClick={() => onValueChange(null)}
              className="-mr-1 grid size-6 place-items-center rounded-full text-muted-foreground hover:bg-hover"
            >
              <X aria-hidden />
            </button>
          ) : (
            <ChevronDown aria-hidden onClick={() => input.current?.focus()} />
          )}
        </div>
      </Primitive.Anchor>
      <Primitive.Portal>
        <Primitive.Content
          {...NO_ROLE}
          sideOffset={4}
          align="start"
          onOpenAutoFocus={(event) => event.preventDefault()}
          onCloseAutoFocus={(event) => event.preventDefault()}
          onInteractOutside={(event) => event.target === input.current && event.preventDefault()}
          className={cn(FLOATING, "w-(--radix-popover-trigger-width) min-w-48")}
        >
          <Listbox
            id={list.listId}
            label={label}
            options={matches}
            active={list.active}
            onHover={list.setActive}
            onChoose={choose}
            chosen={value}
            isLoading={isLoading}
            empty={empty}
          />
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
