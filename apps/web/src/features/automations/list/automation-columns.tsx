import type { AutomationRule } from "@hustings/contracts/automations";
import { formatCount } from "@hustings/ui/count";
import { StatusPill } from "@hustings/ui/status";
import { RelativeTime } from "@hustings/ui/time";
import type { DataColumn } from "~/components/data-table/column";
import { Link } from "~/components/link";
import { RuleSwitch } from "../rule-switch";

/** A rule with what it says in words. */
export type ListedRule = AutomationRule & { sentence: string };

export const createAutomationColumns = (toHref: (rule: ListedRule) => string): DataColumn<ListedRule>[] => [
  {
    id: "name",
    label: "Name",
    sort: "name",
    isFixed: true,
    width: "26%",
    cell: (rule) => (
      <span className="flex min-w-0 items-center gap-2">
        <Link href={toHref(rule)} className="truncate rounded-sm font-semibold hover:underline" title={rule.name}>
          {rule.name}
        </Link>
        <Broken rule={rule} />
      </span>
    ),
  },
  {
    id: "sentence",
    label: "What it does",
    isWideOnly: true,
    cell: (rule) => (
      <span className="block truncate text-muted-foreground" title={rule.sentence}>
        {rule.sentence}
      </span>
    ),
  },
  { id: "isActive", label: "On", width: "70px", cell: (rule) => <Toggle rule={rule} /> },
  {
    id: "lastFiredAt",
    label: "Last did something",
    sort: "lastFiredAt",
    width: "170px",
    cell: (rule) => <RelativeTime at={rule.lastFiredAt} isFocusable={false} className="text-muted-foreground" />,
  },
  {
    id: "appliedCount",
    label: "How often",
    sort: "appliedCount",
    isNumeric: true,
    width: "110px",
    cell: (rule) => formatCount(rule.appliedCount),
  },
];

/** A press on the switch does not open the rule. */
const Toggle = ({ rule }: { rule: AutomationRule }) => (
  // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: keeps the press from the row; the switch itself is reached by keys
  <span onClick={(event) => event.stopPropagation()} className="flex">
    <RuleSwitch rule={rule} />
  </span>
);

const Broken = ({ rule }: { rule: AutomationRule }) =>
  rule.brokenReason ? (
    <StatusPill tone="bad" className="shrink-0">
      Broken
    </StatusPill>
  ) : null;

/** Two lines and the switch. */
export function AutomationPhoneRow({ rule }: { rule: ListedRule }) {
  return (
    <div className="flex items-center gap-3">
      <div className="min-w-0 flex-1">
        <span className="flex items-center gap-2">
          <b className="truncate">{rule.name}</b>
          <Broken rule={rule} />
        </span>
        <span className="line-clamp-2 text-sm text-muted-foreground">{rule.sentence}</span>
      </div>
      <Toggle rule={rule} />
    </div>
  );
}
