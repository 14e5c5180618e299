import { cn } from "@hustings/ui/class-names";
import type { ReactNode } from "react";

type ListRowProps = {
  icon: ReactNode;
  title: string;
  /** Right of the title: a time. */
  aside: ReactNode;
  /** Below, left and right. */
  words: ReactNode;
  name: string;
  isOpen: boolean;
  onOpen: () => void;
  /** Before the row, where rows are chosen. */
  choice?: ReactNode;
};

/** One row of the lists of runs, events and functions. */
export function ListRow({ icon, title, aside, words, name, isOpen, onOpen, choice }: ListRowProps) {
  return (
    <li className="flex border-b border-border">
      {choice}
      <button
        type="button"
        aria-current={isOpen || undefined}
        onClick={onOpen}
        className={cn(
          "grid min-w-0 flex-1 grid-cols-[18px_minmax(0,1fr)_auto] items-start gap-x-2.5 gap-y-px border-l-[3px] border-transparent py-2 pr-4 pl-[13px] text-left hover:bg-hover focus-visible:-outline-offset-2",
          isOpen && "border-primary bg-selected hover:bg-selected",
        )}
      >
        <span className="pt-0.5">{icon}</span>
        <b className="truncate" title={title}>
          {title}
        </b>
        <span className="text-xs leading-5 text-muted-foreground">{aside}</span>
        <span className="col-span-2 col-start-2 flex justify-between gap-3 text-[12.5px] leading-[17px] text-muted-foreground">
          <span className="min-w-0 truncate">{words}</span>
          <span className="max-w-1/2 flex-none truncate font-mono text-xs leading-[17px]">{name}</span>
        </span>
      </button>
    </li>
  );
}
