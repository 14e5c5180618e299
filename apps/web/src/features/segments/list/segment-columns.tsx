import type { Segment } from "@hustings/contracts/segments";
import { RelativeTime } from "@hustings/ui/time";
import type { DataColumn } from "~/components/data-table/column";
import { Link } from "~/components/link";
import { SegmentCount } from "./segment-count";

/** A segment with its filter in words. */
export type ListedSegment = Segment & { sentence: string };

export const createSegmentColumns = (toHref: (segment: ListedSegment) => string): DataColumn<ListedSegment>[] => [
  {
    id: "name",
    label: "Name",
    sort: "name",
    isFixed: true,
    width: "30%",
    cell: (segment) => (
      <Link
        href={toHref(segment)}
        className="block truncate rounded-sm font-semibold hover:underline"
        title={segment.name}
      >
        {segment.name}
      </Link>
    ),
  },
  {
    id: "sentence",
    label: "Who is in it",
    cell: (segment) => (
      <span className="block truncate text-muted-foreground" title={segment.sentence}>
        {segment.sentence}
      </span>
    ),
  },
  {
    id: "people",
    label: "People now",
    isNumeric: true,
    width: "120px",
    cell: (segment) => <SegmentCount segment={segment} />,
  },
  {
    id: "updatedAt",
    label: "Changed",
    sort: "updatedAt",
    width: "150px",
    cell: (segment) => <RelativeTime at={segment.updatedAt} isFocusable={false} className="text-muted-foreground" />,
  },
];
