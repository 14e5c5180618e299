import type { Filter } from "@hustings/contracts/filter";
import { TextButton } from "@hustings/ui/button";
import { cn } from "@hustings/ui/class-names";
import { formatCount } from "@hustings/ui/count";
import { SplitBar, SplitBarKey } from "@hustings/ui/split-bar";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { trpc } from "~/client/trpc";
import { countLeftOut, leftOutOf, REASONS, reasonWords } from "../../campaigns/audience-words";

type ReachProps = {
  /** What was counted, without the lines that do not fit. */
  filter: Filter;
  crossWorkspace: boolean;
};

/** Who of the matches can be emailed; the two parts and the reasons add up. Nothing until it is counted. */
export function Reach({ filter, crossWorkspace }: ReachProps) {
  const { client } = trpc.useUtils();
  const { data, isPlaceholderData } = useQuery({
    queryKey: [["segments", "audience"], { filter, crossWorkspace }],
    queryFn: () => client.segments.audience.mutate({ filter, ...(crossWorkspace ? { crossWorkspace } : {}) }),
    placeholderData: (before) => before,
  });
  const [isWhyShown, setWhyShown] = useState(false);
  if (!data || data.matched === 0) return null;
  const cannot = leftOutOf(data);
  return (
    <div className={cn("mt-2.5", isPlaceholderData && "text-muted-foreground")}>
      <SplitBar
        label="People who match"
        parts={[
          { key: "can", label: "can be emailed", value: data.recipients, color: "var(--chart-1)" },
          { key: "cannot", label: "cannot", value: cannot, fill: "hatched" },
        ]}
      />
      <ul className="mt-2 grid gap-1 text-sm">
        <li className="flex items-center gap-2">
          <SplitBarKey color="var(--chart-1)" />
          <span>
            <b>{formatCount(data.recipients)}</b> can be emailed
          </span>
        </li>
        {cannot > 0 && (
          <li className="flex items-center gap-2">
            <SplitBarKey fill="hatched" />
            <span>
              <b>{formatCount(cannot)}</b> cannot
            </span>
            <TextButton aria-expanded={isWhyShown} onClick={() => setWhyShown(!isWhyShown)}>
              Why?
            </TextButton>
          </li>
        )}
      </ul>
      {isWhyShown && cannot > 0 && (
        <ul aria-label="Why they cannot be emailed" className="mt-1 ml-5 text-sm text-muted-foreground">
          {REASONS.filter((reason) => countLeftOut(data, reason) > 0).map((reason) => (
            <li key={reason}>
              {formatCount(countLeftOut(data, reason))} · {reasonWords(reason, null).title}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
