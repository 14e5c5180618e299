import type { TicketPriority, TicketStats, TicketStatus, TicketType } from "@hustings/contracts/support-tickets";
import { Checkbox } from "@hustings/ui/checkbox";
import { formatCount } from "@hustings/ui/count";
import { SegmentedControl } from "@hustings/ui/segmented-control";
import { Select } from "@hustings/ui/select";
import { PRIORITIES, PRIORITY_NAMES, STATUS_NAMES, STATUSES, TYPE_NAMES, TYPES } from "./ticket-words";
import type { TicketFilters, TicketSort } from "./use-ticket-filters";

const ANY = "any";
type Any = typeof ANY;
const SELECT = "w-34 max-md:min-w-[45%] max-md:flex-1";

/** Where the tickets stand, with how many there are of each; then type, priority, one's own, and the order. */
export function BoardFilters({ filters, stats }: { filters: TicketFilters; stats: TicketStats | undefined }) {
  const { status, type, priority, mine, sort, change } = filters;
  const orNull = <Value extends string>(value: Value | Any) => (value === ANY ? null : value);
  return (
    <>
      <SegmentedControl<TicketStatus | Any>
        label="Status"
        value={status ?? ANY}
        onValueChange={(value) => change({ status: orNull(value) })}
        options={[
          { value: ANY, label: "All" },
          ...STATUS_NAMES.map((value) => ({
            value,
            label: STATUSES[value].word,
            count: stats && formatCount(stats[value]),
          })),
        ]}
        className="max-md:w-full"
      />
      <Select<TicketType | Any>
        aria-label="Type"
        value={type ?? ANY}
        onValueChange={(value) => change({ type: orNull(value) })}
        options={[
          { value: ANY, label: "Any type" },
          ...TYPE_NAMES.map((value) => ({ value, label: TYPES[value].word })),
        ]}
        className={SELECT}
      />
      <Select<TicketPriority | Any>
        aria-label="Priority"
        value={priority ?? ANY}
        onValueChange={(value) => change({ priority: orNull(value) })}
        options={[
          { value: ANY, label: "Any priority" },
          ...PRIORITY_NAMES.map((value) => ({ value, label: PRIORITIES[value].word })),
        ]}
        className={SELECT}
      />
      <Select<TicketSort>
        aria-label="Order"
        value={sort}
        onValueChange={(value) => change({ sort: value })}
        options={[
          { value: "votes", label: "Most voted" },
          { value: "newest", label: "Newest" },
        ]}
        className={SELECT}
      />
      <div className="flex h-(--control) items-center pt-1">
        <Checkbox checked={mine === true} onChange={() => change({ mine: mine ? null : true })}>
          Mine
        </Checkbox>
      </div>
    </>
  );
}
