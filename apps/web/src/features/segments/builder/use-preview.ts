import type { Filter } from "@hustings/contracts/filter";
import type { SegmentPreview } from "@hustings/contracts/segments";
import { useQuery } from "@tanstack/react-query";
import { readCallError } from "~/client/errors";
import { trpc } from "~/client/trpc";
import { splitConditionDetails } from "./draft";

export type Preview = SegmentPreview & {
  /** By index of the condition: what the server would not take. These were left out of the count. */
  refused: Map<number, string>;
  /** The filter without them: what the count is of. */
  counted: Filter;
  countedAt: Date;
  tookMs: number;
};

/** Who matches right now: exact count and the newest 50. Conditions that do not fit are left out, and named. */
export function usePreview(
  filter: Filter,
  { crossWorkspace = false, isEnabled = true }: { crossWorkspace?: boolean; isEnabled?: boolean } = {},
) {
  const { client } = trpc.useUtils();
  return useQuery({
    queryKey: [["segments", "preview"], { filter, crossWorkspace }],
    queryFn: async (): Promise<Preview> => {
      const ask = async (asked: Filter) => {
        const started = performance.now();
        const found = await client.segments.preview.mutate({
          filter: asked,
          ...(crossWorkspace ? { crossWorkspace } : {}),
        });
        return { ...found, counted: asked, countedAt: new Date(), tookMs: performance.now() - started };
      };
      try {
        return { ...(await ask(filter)), refused: new Map() };
      } catch (thrown) {
        const { byIndex } = splitConditionDetails(readCallError(thrown).details);
        if (byIndex.size === 0) throw thrown;
        const fitting = { ...filter, conditions: filter.conditions.filter((_, index) => !byIndex.has(index)) };
        return { ...(await ask(fitting)), refused: byIndex };
      }
    },
    enabled: isEnabled,
    placeholderData: (before) => before,
  });
}
