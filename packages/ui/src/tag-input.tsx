import { Plus } from "lucide-react";
import { Popover as Primitive } from "radix-ui";
import { type KeyboardEvent, useRef, useState } from "react";
import { cn } from "./class-names";
import { useFieldControl } from "./field";
import { Listbox, type ListboxOption, useListbox } from "./listbox";
import { FLOATING, NO_ROLE } from "./popover";
import { Tag, TagSwatch } from "./tag";

export type TagOption = { id: string; name: string; color?: string | null };

export type TagInputProps = {
  label: string;
  value: readonly TagOption[];
  onValueChange: (value: TagOption[]) => void;
  /** What can be chosen; filtered here unless `onSearch` asks the server. */
  options: readonly TagOption[];
  onSearch?: (text: string) => void;
  isLoading?: boolean;
  /** Offers “Make the tag …” when nothing has that name. */
  onCreate?: (name: string) => void;
  placeholder?: string;
  className?: string;
};

const NEW = "new:";

/** Several tags (or other named things) in one box. Backspace takes the last one away. */
export function TagInput({
  label,
  value,
  onValueChange,
  options,
  onSearch,
  isLoading,
  onCreate,
  placeholder = "Add a tag",
  className,
}: TagInputProps) {
  const field = useFieldControl();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const typed = text.trim();
  const free = options.filter(
    (tag) =>
      !value.some((chosen) => chosen.id === tag.id) &&
      (onSearch || tag.name.toLowerCase().includes(typed.toLowerCase())),
  );
  const isNew =
    onCreate && typed && ![...options, ...value].some((tag) => tag.name.toLowerCase() === typed.toLowerCase());
  const rows: ListboxOption[] = [
    ...free.map((tag) => ({ value: tag.id, label: tag.name, icon: <TagSwatch color={tag.color} /> })),
    ...(isNew ? [{ value: NEW + typed, label: `Make the tag “${typed}”`, icon: <Plus aria-hidden /> }] : []),
  ];

  const clear = () => {
    setText("");
    onSearch?.("");
  };
  const choose = (row: ListboxOption) => {
    const tag = free.find((candidate) => candidate.id === row.value);
    if (tag) onValueChange([...value, tag]);
    else onCreate?.(row.value.slice(NEW.length));
    clear();
    list.setActive(0);
  };
  const list = useListbox(rows, choose);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Backspace" && !text && value.length > 0) onValueChange(value.slice(0, -1));
    else list.onKeyDown(event);
  };

  return (
    <Primitive.Root open={list.isOpen} onOpenChange={list.setOpen}>
      <Primitive.Anchor asChild>
        {/* biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/noStaticElementInteractions: a larger target for the pointer; keys reach the text box itself */}
        <div
          onClick={() => input.current?.focus()}
          className={cn(
            "flex min-h-(--control) w-full min-w-0 cursor-text flex-wrap items-center gap-1 rounded-md border border-input bg-card px-2 py-[3px] focus-within:border-ring focus-within:outline-2 focus-within:outline-offset-1 focus-within:outline-ring has-[[aria-invalid=true]]:border-danger",
            className,
          )}
        >
          {value.map((tag) => (
            <Tag
              key={tag.id}
              color={tag.color}
              hasSwatch
              removeLabel={`Remove ${tag.name}`}
              onRemove={() => onValueChange(value.filter((other) => other.id !== tag.id))}
            >
              {tag.name}
            </Tag>
          ))}
          <input
            ref={input}
            {...field}
            {...(field.id ? {} : { "aria-label": label })}
            {...list.inputProps}
            value={text}
            placeholder={value.length === 0 ? placeholder : ""}
            onChange={(event) => {
              setText(event.target.value);
              list.setOpen(true);
              list.setActive(0);
              onSearch?.(event.target.value);
            }}
            onClick={() => list.setOpen(true)}
            onBlur={() => {
              list.setOpen(false);
              clear();
            }}
            onKeyDown={onKeyDown}
            // Beside tags it needs a line of its own only once something is typed.
            className={cn(
              "h-6 flex-1 border-0 bg-transparent outline-none",
              value.length > 0 && !text ? "min-w-1" : "min-w-24",
            )}
          />
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
            options={rows}
            active={list.active}
            onHover={list.setActive}
            onChoose={choose}
            isLoading={isLoading}
            empty={onCreate ? "Type a name" : undefined}
          />
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
