import type { Condition } from "@hustings/contracts/filter";
import { Button } from "@hustings/ui/button";
import { Bookmark } from "lucide-react";
import { toFilterText } from "~/client/filter-text";
import { useNotAllowedReason } from "~/client/role";
import { useWorkspacePath } from "~/client/workspace";
import { Link } from "~/components/link";
import type { ContactFilterControl } from "./use-contact-filters";

/** Leads from what the list is narrowed to into a segment that asks the same. */
export function SaveAsSegment({ control }: { control: ContactFilterControl }) {
  const toPath = useWorkspacePath();
  const offReason = useNotAllowedReason("admin", "save segments");
  const icon = <Bookmark aria-hidden />;
  const filter = toFilterText(toConditions(control));
  // A segment need not be saved again.
  if (filter === null || control.filters.segmentId) return null;
  if (offReason)
    return (
      <Button variant="quiet" icon={icon} offReason={offReason}>
        Save as segment
      </Button>
    );
  return (
    <Button asChild variant="quiet" icon={icon}>
      <Link href={toPath(`/segments/new?${new URLSearchParams({ filter })}`)}>Save as segment</Link>
    </Button>
  );
}

function toConditions({ filters: { tagId }, conditions }: ContactFilterControl): Condition[] {
  const tag: Condition[] = tagId ? [{ field: "tags", operator: "has", value: [tagId] }] : [];
  return [...tag, ...(conditions ?? [])];
}
