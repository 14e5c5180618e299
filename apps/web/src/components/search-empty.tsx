import { Button } from "@hustings/ui/button";
import { formatCount } from "@hustings/ui/count";
import { FilteredEmptyState } from "@hustings/ui/empty-state";
import type { ListState } from "~/client/list-state";

/** Nothing matches the search: which one, and how many there are without it. */
export function SearchEmpty({ list, noun, total }: { list: ListState; noun: string; total?: number | undefined }) {
  return (
    <FilteredEmptyState
      title={`No ${noun} matches “${list.search}”.`}
      actions={
        <Button size="sm" onClick={() => list.setSearchText("")}>
          Clear the search
        </Button>
      }
    >
      {total !== undefined && `Without it there are ${formatCount(total)}.`}
    </FilteredEmptyState>
  );
}
