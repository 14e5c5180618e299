import type { CampaignStats, EmailOutcome } from "@hustings/contracts/campaign-recipients";
import { TextButton } from "@hustings/ui/button";
import { Card, CardHeader } from "@hustings/ui/card";
import { formatCount, formatShare } from "@hustings/ui/count";
import { SplitBar } from "@hustings/ui/split-bar";
import { Table, TableBody, TableCell, TableHead, TableHeaderCell } from "@hustings/ui/table";
import { BellOff, CircleQuestionMark, type LucideIcon, MailX, OctagonX } from "lucide-react";
import { useState } from "react";

type Step = {
  outcome: "delivered" | "verifiedOpened" | "verifiedClicked";
  label: string;
  of: number;
  base: string;
  /** Beyond those: where only a machine did it. */
  machines?: number;
};
type Aside = { key: string; label: string; icon: LucideIcon; value: number; outcome?: EmailOutcome };

const stepsOf = (stats: CampaignStats): Step[] => [
  { outcome: "delivered", label: "Delivered", of: stats.sent, base: `${formatCount(stats.sent)} sent` },
  {
    outcome: "verifiedOpened",
    label: "Opened",
    of: stats.delivered,
    base: "delivered",
    machines: stats.opened - stats.verifiedOpened,
  },
  {
    outcome: "verifiedClicked",
    label: "Clicked",
    of: stats.delivered,
    base: "delivered",
    machines: stats.clicked - stats.verifiedClicked,
  },
];

const asidesOf = (stats: CampaignStats): Aside[] => [
  { key: "bounced", label: "Bounced", icon: MailX, value: stats.bounced, outcome: "bounced" },
  { key: "unsubscribed", label: "Unsubscribed", icon: BellOff, value: stats.unsubscribed, outcome: "unsubscribed" },
  { key: "complained", label: "Marked as spam", icon: OctagonX, value: stats.complained, outcome: "complained" },
  {
    key: "silent",
    label: "No word yet",
    icon: CircleQuestionMark,
    value: Math.max(0, stats.sent - stats.delivered - stats.bounced),
  },
];

/** “49.0% of delivered · 12 more by machines alone”; a share of nobody is none. */
function shareWords(count: number, { of, base, machines = 0 }: Step): string {
  if (of === 0) return "Nothing delivered yet";
  const share = `${formatShare(count, of)} of ${base}`;
  return machines > 0 ? `${share} · ${formatCount(machines)} more by machines alone` : share;
}

type Props = { stats: CampaignStats; onOpen: (outcome: EmailOutcome) => void };

/** Delivered, opened, clicked against everybody who was sent it; the rest below. */
export function ReachCard({ stats, onOpen }: Props) {
  const [isTable, setTable] = useState(false);
  return (
    <Card aria-label="How far it got">
      <CardHeader title="How far it got">
        <TextButton aria-pressed={isTable} onClick={() => setTable(!isTable)}>
          {isTable ? "As bars" : "As a table"}
        </TextButton>
      </CardHeader>
      {isTable ? <ReachTable stats={stats} onOpen={onOpen} /> : <Bars stats={stats} onOpen={onOpen} />}
      <ul className="grid grid-cols-4 divide-x divide-border border-t border-border max-md:grid-cols-2 max-md:divide-x-0">
        {asidesOf(stats).map(({ key, label, icon: Icon, value, outcome }) => (
          <li key={key} className="px-4 py-2">
            <People
              count={value}
              outcome={outcome}
              label={label}
              onOpen={onOpen}
              className="font-display text-lg font-semibold"
            />{" "}
            <span className="text-xs text-muted-foreground">{formatShare(value, stats.sent)}</span>
            <span className="flex items-center gap-1.5 text-sm text-muted-foreground">
              <Icon aria-hidden className="size-3.5" /> {label}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Bars({ stats, onOpen }: Props) {
  return (
    <div className="grid gap-3 px-4 pt-4 pb-3.5">
      {stepsOf(stats).map(({ outcome, label, ...step }) => (
        <div key={outcome} className="grid grid-cols-[84px_minmax(0,1fr)_64px] items-center gap-x-3">
          <b>{label}</b>
          <SplitBar
            label={label}
            className="h-5"
            parts={[
              {
                key: outcome,
                label: label.toLowerCase(),
                value: stats[outcome],
                color: "var(--chart-1)",
                fill: outcome === "verifiedOpened" ? "hatched" : "solid",
              },
              {
                key: "rest",
                label: "not",
                value: Math.max(0, stats.recipients - stats[outcome]),
                fill: "outlined" as const,
              },
            ]}
          />
          <People
            count={stats[outcome]}
            outcome={outcome}
            label={label}
            onOpen={onOpen}
            className="justify-self-end font-semibold"
          />
          <span className="col-start-2 text-sm text-muted-foreground">
            {shareWords(stats[outcome], { outcome, label, ...step })}
          </span>
        </div>
      ))}
    </div>
  );
}

function ReachTable({ stats, onOpen }: Props) {
  return (
    <Table aria-label="How far it got">
      <TableHead>
        <tr>
          <TableHeaderCell>Step</TableHeaderCell>
          <TableHeaderCell isNumeric>People</TableHeaderCell>
          <TableHeaderCell>Share</TableHeaderCell>
        </tr>
      </TableHead>
      <TableBody>
        {stepsOf(stats).map(({ outcome, label, ...step }) => (
          <tr key={outcome}>
            <TableCell>{label}</TableCell>
            <TableCell isNumeric>
              <People count={stats[outcome]} outcome={outcome} label={label} onOpen={onOpen} />
            </TableCell>
            <TableCell className="text-muted-foreground">
              {shareWords(stats[outcome], { outcome, label, ...step })}
            </TableCell>
          </tr>
        ))}
      </TableBody>
    </Table>
  );
}

/** A number that opens its people; plain where there are none, or none that could be listed. */
export function People({
  count,
  outcome,
  label,
  onOpen,
  className,
}: {
  count: number;
  outcome?: EmailOutcome | undefined;
  label: string;
  onOpen: (outcome: EmailOutcome) => void;
  className?: string;
}) {
  if (!outcome || count === 0) return <span className={className}>{formatCount(count)}</span>;
  return (
    <TextButton
      aria-label={`${formatCount(count)}, ${label}: show the people`}
      onClick={() => onOpen(outcome)}
      className={className}
    >
      {formatCount(count)}
    </TextButton>
  );
}
