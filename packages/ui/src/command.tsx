import { Command as Primitive } from "cmdk";
import { Search, ShieldCheck } from "lucide-react";
import { Dialog } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-names";
import { SCRIM } from "./dialog";
import { Kbd } from "./kbd";
import { Tag } from "./tag";

export type CommandDialogProps = {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  query: string;
  onQueryChange: (query: string) => void;
  /** Id (`value` of a `CommandItem`) of the line that Enter opens. Whoever fills the list keeps it at the first match. */
  active: string;
  onActiveChange: (active: string) => void;
  /** “in Vidra Valley”. */
  scope?: string;
  label?: string;
  placeholder?: string;
  children: ReactNode;
};

/** The palette. It filters nothing itself: whoever fills it knows what matches. */
export function CommandDialog({
  isOpen,
  onOpenChange,
  query,
  onQueryChange,
  active,
  onActiveChange,
  scope,
  label = "Search or do anything",
  placeholder = label,
  children,
}: CommandDialogProps) {
  return (
    <Dialog.Root open={isOpen} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className={SCRIM} />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed top-[min(104px,12vh)] left-1/2 z-50 flex max-h-[calc(100dvh-2*min(104px,12vh))] w-[min(640px,calc(100vw-16px))] -translate-x-1/2 flex-col overflow-hidden rounded-lg border border-border-strong bg-popover shadow-float focus-visible:outline-none"
        >
          <Dialog.Title className="sr-only">{label}</Dialog.Title>
          <Primitive
            label={label}
            value={active}
            onValueChange={onActiveChange}
            shouldFilter={false}
            loop
            className="flex min-h-0 flex-col"
          >
            <div className="flex h-[54px] shrink-0 items-center gap-3 border-b border-border px-4">
              <Search aria-hidden className="size-5" />
              <Primitive.Input
                value={query}
                onValueChange={onQueryChange}
                placeholder={placeholder}
                className="min-w-0 flex-1 border-0 bg-transparent text-[17px] outline-none"
              />
              {scope && <Tag>{scope}</Tag>}
            </div>
            <Primitive.List label="Results" className="min-h-0 flex-1 overflow-auto pb-1.5">
              {children}
            </Primitive.List>
            <footer className="flex items-center gap-4 border-t border-border px-4 py-2 text-[12.5px] whitespace-nowrap text-muted-foreground">
              <span className="max-md:hidden">
                <Kbd>↑</Kbd> <Kbd>↓</Kbd> move
              </span>
              <span className="max-md:hidden">
                <Kbd>↵</Kbd> open
              </span>
              <span className="max-md:hidden">
                <Kbd>esc</Kbd> close
              </span>
              <span className="ml-auto flex items-center gap-1.5">
                <ShieldCheck aria-hidden className="size-3.5" />
                Nothing in this list sends or deletes
              </span>
            </footer>
          </Primitive>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

export function CommandGroup({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Primitive.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-4 [&_[cmdk-group-heading]]:pt-2.5 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-semibold [&_[cmdk-group-heading]]:text-muted-foreground"
    >
      {children}
    </Primitive.Group>
  );
}

export type CommandItemProps = Omit<ComponentProps<typeof Primitive.Item>, "children"> & {
  icon: ReactNode;
  children: ReactNode;
  /** Quiet words after: “opens a draft”. */
  hint?: ReactNode;
  /** Keys that do the same. */
  keys?: readonly string[];
};

export function CommandItem({ icon, children, hint, keys, className, ...rest }: CommandItemProps) {
  return (
    <Primitive.Item
      className={cn(
        "group mx-1.5 flex min-h-[38px] items-center gap-3 rounded-md px-2.5 text-base data-[selected=true]:bg-selected data-[selected=true]:inset-ring-2 data-[selected=true]:inset-ring-ring [&>svg]:text-muted-foreground",
        className,
      )}
      {...rest}
    >
      {icon}
      <span className="min-w-0 flex-1 truncate">
        <span className="font-medium">{children}</span>{" "}
        {hint && <span className="text-sm text-muted-foreground">{hint}</span>}
      </span>
      {keys ? (
        <span className="flex gap-1 max-md:hidden">
          {keys.map((key) => (
            <Kbd key={key}>{key}</Kbd>
          ))}
        </span>
      ) : (
        <Kbd className="invisible group-data-[selected=true]:visible">↵</Kbd>
      )}
    </Primitive.Item>
  );
}

/** Marks the part of `text` that was typed, ignoring case. */
export function Highlighted({ text, query }: { text: string; query: string }) {
  const at = query ? text.toLowerCase().indexOf(query.toLowerCase()) : -1;
  if (at < 0) return text;
  return (
    <>
      {text.slice(0, at)}
      <mark className="bg-transparent font-bold text-inherit underline underline-offset-3">
        {text.slice(at, at + query.length)}
      </mark>
      {text.slice(at + query.length)}
    </>
  );
}

/** Nothing found, or still looking. */
export function CommandNote({ children }: { children: ReactNode }) {
  return (
    <p role="status" className="px-4 py-3 text-sm text-muted-foreground">
      {children}
    </p>
  );
}
