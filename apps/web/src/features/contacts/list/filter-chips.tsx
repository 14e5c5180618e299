import { AddChip, FilterChip } from "@hustings/ui/chip";
import dynamic from "next/dynamic";
import { useState } from "react";
import { trpc } from "~/client/trpc";
import { ALL_TAGS } from "../list-limits";
import type { ContactFilterControl } from "./use-contact-filters";

const FilterPopover = dynamic(() => import("./filter-popover").then((module) => module.FilterPopover), {
  ssr: false,
  loading: () => <AddChip aria-busy>Filter</AddChip>,
});

// The words of conditions are for lists that have some.
const ConditionChips = dynamic(() => import("./condition-chips").then((module) => module.ConditionChips), {
  ssr: false,
});

/** The filters that are on, as sentences, and the chip that adds one. */
export function FilterChips({ control }: { control: ContactFilterControl }) {
  const { filters } = control;
  const [isWanted, setWanted] = useState(false);
  const names = useFilterNames(control);
  return (
    <>
      {filters.tagId && (
        <FilterChip
          field="Tag"
          operator="is"
          value={names.tag}
          onRemove={() => control.setTag(null)}
          removeLabel={`Drop the filter Tag is ${names.tag}`}
        />
      )}
      {filters.segmentId && (
        <FilterChip
          field="In"
          operator="the segment"
          value={names.segment}
          onRemove={() => control.setSegment(null)}
          removeLabel={`Drop the filter In the segment ${names.segment}`}
        />
      )}
      {filters.filter && <ConditionChips control={control} />}
      {isWanted ? (
        <FilterPopover control={control} />
      ) : (
        <AddChip aria-haspopup="dialog" onClick={() => setWanted(true)}>
          Filter
        </AddChip>
      )}
    </>
  );
}

/** What the filters are called: “…” until it is known, and in words when there is no such tag any more. */
export function useFilterNames({ filters }: ContactFilterControl): { tag: string; segment: string } {
  const tags = trpc.tags.list.useQuery({ limit: ALL_TAGS }, { enabled: filters.tagId !== undefined });
  const segments = trpc.segments.list.useQuery({}, { enabled: filters.segmentId !== undefined });
  const tag = tags.data?.find(({ id }) => id === filters.tagId)?.name;
  const segment = segments.data?.find(({ id }) => id === filters.segmentId)?.name;
  return {
    tag: tag ?? (tags.data ? "one that is gone" : "…"),
    segment: segment ?? (segments.data ? "one that is gone" : "…"),
  };
}
