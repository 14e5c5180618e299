import { Button } from "@hustings/ui/button";
import { formatCount } from "@hustings/ui/count";
import { EmptyState, FilteredEmptyState } from "@hustings/ui/empty-state";
import { Users } from "lucide-react";
import type { ReactNode } from "react";
import type { ListState } from "~/client/list-state";
import { useFilterNames } from "./filter-chips";
import type { ContactFilterControl } from "./use-contact-filters";

/** The first thing a new workspace sees. */
export function NobodyYet({ actions }: { actions: ReactNode }) {
  return (
    <EmptyState icon={Users} title="Nobody here yet" actions={actions}>
      Bring in the list you have. A spreadsheet is fine.
    </EmptyState>
  );
}

type FilteredNobodyProps = { list: ListState; filter: ContactFilterControl; everybody: number | undefined };

/** Which filters left nobody, and the way out of each. */
export function FilteredNobody({ list, filter, everybody }: FilteredNobodyProps) {
  const names = useFilterNames(filter);
  const { tagId, segmentId, filter: conditions } = filter.filters;
  const reasons = [
    list.search && `“${list.search}”`,
    tagId && `the tag ${names.tag}`,
    segmentId && `the segment ${names.segment}`,
    conditions && (filter.conditions?.length === 1 ? "the filter above" : "the filters above"),
  ];
  const on = reasons.filter(Boolean);
  const clearAll = () => {
    list.setSearchText("");
    filter.clear();
  };
  return (
    <FilteredEmptyState
      title={`Nobody matches ${on.join(" and ")}.`}
      actions={
        <>
          {on.length > 1 && list.search && (
            <Button size="sm" onClick={() => list.setSearchText("")}>
              Clear the search
            </Button>
          )}
          {on.length > 1 && tagId && (
            <Button size="sm" onClick={() => filter.setTag(null)}>
              Drop the tag
            </Button>
          )}
          {on.length > 1 && segmentId && (
            <Button size="sm" onClick={() => filter.setSegment(null)}>
              Drop the segment
            </Button>
          )}
          {on.length > 1 && conditions && (
            <Button size="sm" onClick={() => filter.setConditions([])}>
              Drop the filters
            </Button>
          )}
          <Button size="sm" onClick={clearAll}>
            {on.length > 1 ? "Clear all" : "Show everybody"}
          </Button>
        </>
      }
    >
      {everybody !== undefined && `Without ${on.length > 1 ? "them" : "it"} there are ${formatCount(everybody)}.`}
    </FilteredEmptyState>
  );
}
