import type { CampaignStats, EmailOutcome } from "@hustings/contracts/campaign-recipients";
import { TextButton } from "@hustings/ui/button";
import { formatCount } from "@hustings/ui/count";
import { Table, TableBody, TableCell, TableHead, TableHeaderCell } from "@hustings/ui/table";
import { CircleCheck, CircleDashed, CircleMinus, CircleQuestionMark, CircleX, type LucideIcon } from "lucide-react";

type Line = {
  outcome: "sent" | "skipped" | "failed" | "unknown" | "queued";
  label: string;
  icon: LucideIcon;
  meaning: string;
};

const linesOf = (isSandbox: boolean): Line[] => [
  isSandbox
    ? { outcome: "sent", label: "Caught in the sandbox", icon: CircleCheck, meaning: "Nothing left this server." }
    : {
        outcome: "sent",
        label: "Left for the provider",
        icon: CircleCheck,
        meaning: "Handed over once. Never handed over again.",
      },
  {
    outcome: "skipped",
    label: "Skipped",
    icon: CircleMinus,
    meaning: "Unsubscribed after you pressed send, or was left when it was cancelled.",
  },
  {
    outcome: "failed",
    label: "Failed",
    icon: CircleX,
    meaning: "The provider refused it, or it could not be written for this person.",
  },
  {
    outcome: "unknown",
    label: "Unknown",
    icon: CircleQuestionMark,
    meaning: "The line broke while handing over. Not sent again, so nobody gets it twice.",
  },
  { outcome: "queued", label: "Waiting", icon: CircleDashed, meaning: "" },
];

/** left + skipped + failed + unknown + waiting = everyone. Every number opens its people. */
export function Ledger({
  stats,
  isSandbox,
  onOpen,
}: {
  stats: CampaignStats;
  isSandbox: boolean;
  onOpen: (outcome: EmailOutcome) => void;
}) {
  return (
    <Table className="border-t border-border">
      <TableHead>
        <tr>
          <TableHeaderCell>Everyone accounted for</TableHeaderCell>
          <TableHeaderCell isNumeric>People</TableHeaderCell>
          <TableHeaderCell className="max-md:hidden">What it means</TableHeaderCell>
        </tr>
      </TableHead>
      <TableBody>
        {linesOf(isSandbox).map(({ outcome, label, icon: Icon, meaning }) => (
          <tr key={outcome}>
            <TableCell className="max-md:whitespace-normal">
              <span className="flex items-center gap-2">
                <Icon aria-hidden /> {label}
              </span>
            </TableCell>
            <TableCell isNumeric>
              {stats[outcome] > 0 ? (
                <TextButton
                  aria-label={`${formatCount(stats[outcome])}, ${label}: show the people`}
                  onClick={() => onOpen(outcome)}
                >
                  {formatCount(stats[outcome])}
                </TextButton>
              ) : (
                "0"
              )}
            </TableCell>
            <TableCell className="text-sm whitespace-normal text-muted-foreground max-md:hidden">{meaning}</TableCell>
          </tr>
        ))}
        <tr>
          <TableCell className="border-b-0">
            <b>Together</b>
          </TableCell>
          <TableCell isNumeric className="border-b-0">
            <b>{formatCount(stats.recipients)}</b>
          </TableCell>
          <TableCell className="border-b-0 max-md:hidden" />
        </tr>
      </TableBody>
    </Table>
  );
}
