import { ArrowDown, ArrowUp } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-names";

/** A table. Inside a `Card` it takes the card's padding; for server-side lists use the data table of the app. */
export function Table({ className, ...rest }: ComponentProps<"table">) {
  return <table className={cn("w-full border-separate border-spacing-0 text-table", className)} {...rest} />;
}

/** The head; stays in sight while the rows scroll. */
export function TableHead({ isSticky = false, className, ...rest }: ComponentProps<"thead"> & { isSticky?: boolean }) {
  return (
    <thead className={cn(isSticky && "[&_th]:sticky [&_th]:top-0 [&_th]:z-10 [&_th]:bg-card", className)} {...rest} />
  );
}

export function TableBody({ className, ...rest }: ComponentProps<"tbody">) {
  return <tbody className={cn("[&>tr:last-child>td]:border-b-0", className)} {...rest} />;
}

export type TableRowProps = ComponentProps<"tr"> & {
  /** Ticked: tinted. */
  isChosen?: boolean;
  /** The keyboard's row: a full ring. */
  isCurrent?: boolean;
  /** Something is wrong with this row. */
  isFaulty?: boolean;
};

export function TableRow({ isChosen, isCurrent, isFaulty, className, ...rest }: TableRowProps) {
  return (
    <tr
      aria-selected={isChosen}
      data-current={isCurrent || undefined}
      className={cn(
        "hover:bg-hover",
        isFaulty && "bg-danger-soft",
        isChosen && "bg-selected hover:bg-selected",
        isCurrent && "outline-2 -outline-offset-2 outline-ring",
        className,
      )}
      {...rest}
    />
  );
}

const CELL = "px-3 whitespace-nowrap first:pl-4 last:pr-4";

export function TableHeaderCell({ isNumeric, className, ...rest }: ComponentProps<"th"> & { isNumeric?: boolean }) {
  return (
    <th
      scope="col"
      className={cn(
        CELL,
        "h-[34px] border-b border-border-strong text-left text-[12.5px] font-semibold text-muted-foreground",
        isNumeric && "text-right",
        className,
      )}
      {...rest}
    />
  );
}

export type SortDirection = "asc" | "desc";

export type SortHeaderProps = Omit<ComponentProps<"th">, "children"> & {
  children: ReactNode;
  /** How the list is sorted by this column now, if it is. */
  direction: SortDirection | null;
  onSort: () => void;
  isNumeric?: boolean;
};

/** A head cell that sorts. The sorted column is in ink with an arrow. */
export function SortHeader({ children, direction, onSort, isNumeric, className, ...rest }: SortHeaderProps) {
  const Arrow = direction === "desc" ? ArrowDown : ArrowUp;
  return (
    <TableHeaderCell
      isNumeric={isNumeric}
      aria-sort={direction === "asc" ? "ascending" : direction === "desc" ? "descending" : undefined}
      className={className}
      {...rest}
    >
      <button
        type="button"
        onClick={onSort}
        className={cn(
          "group inline-flex h-6 items-center gap-1 rounded-sm font-semibold hover:text-foreground",
          direction && "text-foreground",
          isNumeric && "flex-row-reverse",
        )}
      >
        {children}
        <Arrow
          aria-hidden
          className={cn("size-3.5", !direction && "opacity-0 group-hover:opacity-50 group-focus-visible:opacity-50")}
        />
      </button>
    </TableHeaderCell>
  );
}

export function TableCell({ isNumeric, className, ...rest }: ComponentProps<"td"> & { isNumeric?: boolean }) {
  return (
    <td className={cn(CELL, "h-(--row) border-b border-border", isNumeric && "text-right", className)} {...rest} />
  );
}

/** What stands in a cell without a value: “–”, “No email”, “No name”. */
export function EmptyValue({ children = "–" }: { children?: ReactNode }) {
  return <span className="text-muted-foreground">{children}</span>;
}
