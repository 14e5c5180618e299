import type { Audience } from "@hustings/contracts/campaign-recipients";
import { Card } from "@hustings/ui/card";
import { Reckoning } from "@hustings/ui/reckoning";
import { type Fill, SplitBar } from "@hustings/ui/split-bar";
import { useIsSandbox } from "~/client/workspace";
import { countLeftOut, leftOutOf, REASONS, reasonWords } from "../audience-words";
import type { AudienceGroup } from "./audience-drawer";

const FILLS: readonly Fill[] = ["hatched", "dotted"];

/** Match − left out = get it, and the same as one bar. */
export function WhoGetsIt({
  audience,
  isCounting,
  hasSegment,
  onOpen,
}: {
  audience: Audience;
  isCounting: boolean;
  hasSegment: boolean;
  onOpen: (group: AudienceGroup) => void;
}) {
  const isSandbox = useIsSandbox();
  return (
    <Card className="mb-4 px-5 pt-4 pb-[18px]" aria-label="Who gets it">
      <Reckoning
        state={isCounting ? "counting" : "exact"}
        terms={[
          {
            key: "matched",
            value: audience.matched,
            label: hasSegment ? "match the segment" : "in this workspace",
            onOpen: () => onOpen("matched"),
          },
          {
            key: "left-out",
            value: leftOutOf(audience),
            label: "left out",
            operator: "−",
            onOpen: () => onOpen("leftOut"),
          },
          {
            key: "recipients",
            value: audience.recipients,
            label: "get one email each",
            operator: "=",
            mark: isSandbox ? "sandbox" : "send",
            onOpen: () => onOpen("recipients"),
          },
        ]}
      />
      <SplitBar
        label="Who gets it"
        className="mt-3.5 h-[18px]"
        parts={[
          {
            key: "recipients",
            label: "get it",
            value: audience.recipients,
            color: isSandbox ? "var(--sandbox)" : "var(--send)",
          },
          ...REASONS.map((reason, index) => ({
            key: reason,
            label: `left out: ${reasonWords(reason, null).title}`,
            value: countLeftOut(audience, reason),
            fill: FILLS[index % FILLS.length],
          })),
        ]}
      />
    </Card>
  );
}
