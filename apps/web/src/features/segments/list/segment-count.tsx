import type { Segment } from "@hustings/contracts/segments";
import { formatCount } from "@hustings/ui/count";
import { EmptyValue } from "@hustings/ui/table";
import { usePreview } from "../builder/use-preview";

/** How many match a saved segment right now. “–” where it does not count any more; its page says why. */
export function SegmentCount({ segment }: { segment: Segment }) {
  const preview = usePreview(segment.filter, { crossWorkspace: segment.crossWorkspace });
  if (!preview.data || preview.data.refused.size > 0) return <EmptyValue />;
  return <span>{formatCount(preview.data.count)}</span>;
}
