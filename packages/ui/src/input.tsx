import { Search, X } from "lucide-react";
import { type ComponentProps, type ReactNode, useRef } from "react";
import { cn } from "./class-names";
import { useFieldControl } from "./field";
import { Kbd } from "./kbd";

/** The box around every one-line control, so that they all look the same. */
export const CONTROL_BOX =
  "flex h-(--control) w-full min-w-0 items-center gap-2 rounded-md border border-input bg-card px-2.5 text-base transition-colors " +
  "focus-within:border-ring focus-within:outline-2 focus-within:outline-offset-1 focus-within:outline-ring " +
  "has-[[aria-invalid=true]]:border-danger has-[[aria-invalid=true]]:outline-1 has-[[aria-invalid=true]]:outline-offset-0 has-[[aria-invalid=true]]:outline-danger " +
  "has-[input:read-only]:bg-sunken [&>svg]:text-muted-foreground";

export type InputProps = ComponentProps<"input"> & {
  /** Inside the box, before the text. */
  icon?: ReactNode;
  /** Inside the box, after the text: a count, a key, a button. */
  trailing?: ReactNode;
  /** Classes of the box; `className` is for the text. */
  boxClassName?: string;
};

/** A line of text. Inside a `Field` it takes id, description and error from it. */
export function Input({ icon, trailing, boxClassName, className, ...rest }: InputProps) {
  const field = useFieldControl();
  return (
    <div className={cn(CONTROL_BOX, boxClassName)}>
      {icon}
      <input
        {...field}
        className={cn("h-full min-w-0 flex-1 border-0 bg-transparent p-0 outline-none", className)}
        {...rest}
      />
      {trailing}
    </div>
  );
}

export type SearchInputProps = Omit<InputProps, "icon" | "trailing" | "type" | "value" | "onChange"> & {
  label: string;
  value: string;
  onValueChange: (value: string) => void;
  /** A key that jumps here, shown until something is typed. */
  shortcut?: string;
};

/** Search as you type; Esc empties it. Whoever holds the value waits 250 ms before asking the server. */
export function SearchInput({ label, value, onValueChange, shortcut, ...rest }: SearchInputProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <Input
      ref={input}
      type="text"
      inputMode="search"
      enterKeyHint="search"
      autoComplete="off"
      spellCheck={false}
      aria-label={label}
      placeholder={label}
      icon={<Search aria-hidden />}
      value={value}
      onChange={(event) => onValueChange(event.target.value)}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        if (value) onValueChange("");
        else event.currentTarget.blur();
      }}
      trailing={
        value ? (
          <button
            type="button"
            aria-label="Empty the search"
            className="-mr-1 grid size-6 place-items-center rounded-full text-muted-foreground hover:bg-hover"
            onClick={() => {
              onValueChange("");
              input.current?.focus();
            }}
          >
            <X aria-hidden />
          </button>
        ) : shortcut ? (
          <Kbd className="max-md:hidden">{shortcut}</Kbd>
        ) : null
      }
      {...rest}
    />
  );
}
