import type { CampaignReport } from "@hustings/contracts/campaign-recipients";
import { TextButton } from "@hustings/ui/button";
import { Card, CardBody, CardHeader } from "@hustings/ui/card";
import { formatCount, formatCountOf } from "@hustings/ui/count";
import { SegmentedControl } from "@hustings/ui/segmented-control";
import { Table, TableBody, TableCell, TableHead, TableHeaderCell } from "@hustings/ui/table";
import { formatClock, formatDay } from "@hustings/ui/time";
import { useMemo, useState } from "react";
import { ScrollBox } from "~/components/scroll-box";
import { fillHours, type Hour, peakOf } from "./hours";
import { TimeChart } from "./time-chart";

const DAY_HOURS = 24;

/** First opens and clicks, hour by hour. */
export function TimeCard({ overTime }: { overTime: CampaignReport["overTime"] }) {
  const [span, setSpan] = useState<"day" | "all">("day");
  const [isTable, setTable] = useState(false);
  const all = useMemo(() => fillHours(overTime), [overTime]);
  const hours = span === "day" ? all.slice(0, DAY_HOURS) : all;
  const hasData = all.some((hour) => hour.opened > 0 || hour.clicked > 0);
  return (
    <Card aria-label="When people opened and clicked">
      <CardHeader title="When people opened and clicked">
        {hasData && all.length > DAY_HOURS && (
          <SegmentedControl
            label="Span"
            value={span}
            onValueChange={setSpan}
            options={[
              { value: "day", label: "First day" },
              { value: "all", label: "Whole time" },
            ]}
          />
        )}
        {hasData && (
          <TextButton aria-pressed={isTable} onClick={() => setTable(!isTable)}>
            {isTable ? "As a chart" : "As a table"}
          </TextButton>
        )}
      </CardHeader>
      {!hasData ? (
        <CardBody className="text-sm text-muted-foreground">
          Nobody has opened or clicked yet. The first hour shows up here.
        </CardBody>
      ) : isTable ? (
        <HoursTable hours={hours} />
      ) : (
        <TimeChart hours={hours} label={describe(hours)} />
      )}
    </Card>
  );
}

function describe(hours: readonly Hour[]): string {
  const total = (key: "opened" | "clicked") => hours.reduce((sum, hour) => sum + hour[key], 0);
  const peak = peakOf(hours, "opened");
  return `${formatCountOf(total("opened"), "open")} and ${formatCountOf(total("clicked"), "click")} by the hour; most people opened at ${formatDay(peak.at)}, ${formatClock(peak.at)}: ${formatCount(peak.opened)}.`;
}

function HoursTable({ hours }: { hours: readonly Hour[] }) {
  return (
    <ScrollBox label="Opened and clicked by the hour" className="max-h-80">
      <Table>
        <TableHead isSticky>
          <tr>
            <TableHeaderCell>Hour from</TableHeaderCell>
            <TableHeaderCell isNumeric>Delivered</TableHeaderCell>
            <TableHeaderCell isNumeric>Opened</TableHeaderCell>
            <TableHeaderCell isNumeric>Clicked</TableHeaderCell>
          </tr>
        </TableHead>
        <TableBody>
          {hours.map((hour) => (
            <tr key={hour.at.getTime()}>
              <TableCell>
                {formatDay(hour.at)}, {formatClock(hour.at)}
              </TableCell>
              <TableCell isNumeric>{formatCount(hour.delivered)}</TableCell>
              <TableCell isNumeric>{formatCount(hour.opened)}</TableCell>
              <TableCell isNumeric>{formatCount(hour.clicked)}</TableCell>
            </tr>
          ))}
        </TableBody>
      </Table>
    </ScrollBox>
  );
}
