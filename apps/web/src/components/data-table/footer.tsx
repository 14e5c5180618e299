import { IconButton } from "@hustings/ui/button";
import { formatCount } from "@hustings/ui/count";
import { ChevronLeft, ChevronRight } from "lucide-react";
import type { ListState } from "~/client/list-state";

export type FooterProps = {
  list: ListState;
  total: number | undefined;
  isTotalBound?: boolean;
  noun: { many: string };
  shown: number | undefined;
};

/** Which part of the whole is in sight, and the way to the next. */
export function Footer({ list, total, isTotalBound, noun, shown }: FooterProps) {
  const first = (list.page - 1) * list.pageSize + 1;
  const hasNext = total !== undefined && list.page * list.pageSize < total;
  const words =
    total === undefined || !shown
      ? ""
      : `${formatCount(first)}–${formatCount(first + shown - 1)} of ${isTotalBound ? "over " : ""}${formatCount(total)}`;
  return (
    <nav
      aria-label={`Pages of ${noun.many}`}
      className="flex min-h-[45px] flex-none items-center justify-between gap-3 border-t border-border px-6 py-1.5 text-muted-foreground max-md:px-3.5"
    >
      <span>{words}</span>
      <span className="flex gap-1.5">
        <IconButton
          variant="plain"
          size="sm"
          label="Page before"
          icon={<ChevronLeft aria-hidden />}
          offReason={list.page <= 1 && "This is the first page"}
          onClick={() => list.setPage(list.page - 1)}
        />
        <IconButton
          variant="plain"
          size="sm"
          label="Next page"
          icon={<ChevronRight aria-hidden />}
          offReason={!hasNext && "This is the last page"}
          onClick={() => list.setPage(list.page + 1)}
        />
      </span>
    </nav>
  );
}
