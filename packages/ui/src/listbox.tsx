import { Check } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { cn } from "./class-names";
import { Spinner } from "./spinner";

export type ListboxOption = { value: string; label: string; icon?: ReactNode; hint?: ReactNode };

/** The keys and ids of a text box with a list below it (ARIA “combobox, list”), for `Combobox` and `TagInput`. */
export function useListbox(options: readonly ListboxOption[], onChoose: (option: ListboxOption) => void) {
  const listId = useId();
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  useEffect(() => setActive((index) => Math.min(index, Math.max(0, options.length - 1))), [options.length]);

  const move = (step: number) => {
    setOpen(true);
    if (options.length > 0) setActive((index) => (index + step + options.length) % options.length);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(isOpen ? (event.key === "ArrowDown" ? 1 : -1) : 0);
    } else if (event.key === "Enter" && isOpen) {
      const option = options[active];
      event.preventDefault();
      if (option) onChoose(option);
    } else if (event.key === "Escape" && isOpen) {
      event.stopPropagation();
      event.preventDefault();
      setOpen(false);
    }
  };
  return {
    listId,
    isOpen,
    setOpen,
    active,
    setActive,
    onKeyDown,
    inputProps: {
      role: "combobox",
      autoComplete: "off",
      "aria-autocomplete": "list",
      "aria-expanded": isOpen,
      "aria-controls": isOpen ? listId : undefined,
      "aria-activedescendant": isOpen && options[active] ? `${listId}-${active}` : undefined,
    } as const,
  };
}

export type ListboxProps = {
  id: string;
  label: string;
  options: readonly ListboxOption[];
  active: number;
  onHover: (index: number) => void;
  onChoose: (option: ListboxOption) => void;
  chosen?: string | null;
  isLoading?: boolean;
  /** What stands there when nothing matches. */
  empty?: string;
};

export function Listbox({
  id,
  label,
  options,
  active,
  onHover,
  onChoose,
  chosen,
  isLoading,
  empty = "Nothing matches",
}: ListboxProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Newer browsers answer with a promise, which an effect must not give back.
    void list.current?.querySelector(`[id="${id}-${active}"]`)?.scrollIntoView({ block: "nearest" });
  }, [id, active]);
  return (
    <>
      <div ref={list} id={id} role="listbox" aria-label={label} className="max-h-72 overflow-auto p-1">
        {options.map((option, index) => (
          <div
            key={option.value}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            onPointerMove={() => onHover(index)}
            // The text box keeps the focus, so the press must not take it.
            onMouseDown={(event) => {
              event.preventDefault();
              onChoose(option);
            }}
            className={cn(
              "flex min-h-8 cursor-pointer items-center gap-2 rounded-sm px-2 py-1 text-table max-md:min-h-10",
              index === active && "bg-hover",
            )}
          >
            {option.icon}
            <span className="min-w-0 flex-1 truncate">
              {option.label} {option.hint && <span className="text-sm text-muted-foreground">{option.hint}</span>}
            </span>
            {option.value === chosen && <Check aria-hidden className="text-primary-text" />}
          </div>
        ))}
      </div>
      <p role="status" className="flex items-center gap-2 px-3 py-2 text-sm text-muted-foreground empty:hidden">
        {isLoading && options.length === 0 ? (
          <>
            <Spinner /> Looking
          </>
        ) : options.length === 0 ? (
          empty
        ) : null}
      </p>
    </>
  );
}
