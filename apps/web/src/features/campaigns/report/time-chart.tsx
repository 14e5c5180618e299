import { formatCount } from "@hustings/ui/count";
import { formatClock, formatDay } from "@hustings/ui/time";
import { type RefObject, useLayoutEffect, useRef, useState } from "react";
import { axisTicks, type Hour, peakOf } from "./hours";

const HEIGHT_PX = 236;
const MARGIN = { top: 20, right: 62, bottom: 26, left: 44 };
/** Markers closer than this would touch. */
const MIN_MARKER_GAP_PX = 12;
const MIN_LABEL_GAP_PX = 54;

type Series = { key: "opened" | "clicked"; label: string; color: string; dash?: string };
/** Told apart by dash and marker as well: circle solid, square dashed. */
const SERIES: readonly Series[] = [
  { key: "opened", label: "Opened", color: "var(--chart-1)" },
  { key: "clicked", label: "Clicked", color: "var(--chart-2)", dash: "5 4" },
];

/** Opens and clicks over the hours. Drawn anew at every width, so that the text stays 12 px. */
export function TimeChart({ hours, label }: { hours: readonly Hour[]; label: string }) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  return (
    <div ref={box} className="px-4 py-3">
      {width > 0 ? <Drawing hours={hours} label={label} width={width} /> : <div style={{ height: HEIGHT_PX }} />}
    </div>
  );
}

function Drawing({ hours, label, width }: { hours: readonly Hour[]; label: string; width: number }) {
  const ticks = axisTicks(Math.max(...hours.map((hour) => Math.max(hour.opened, hour.clicked))));
  const top = ticks.at(-1) ?? 1;
  const innerWidth = Math.max(1, width - MARGIN.left - MARGIN.right);
  const innerHeight = HEIGHT_PX - MARGIN.top - MARGIN.bottom;
  const gap = innerWidth / Math.max(1, hours.length - 1);
  const x = (index: number) => MARGIN.left + (hours.length === 1 ? innerWidth / 2 : index * gap);
  const y = (value: number) => MARGIN.top + innerHeight * (1 - value / top);
  const every = Math.max(1, Math.ceil(MIN_LABEL_GAP_PX / gap));
  const isLong = hours.length > 36;
  return (
    <svg
      role="img"
      aria-label={label}
      width={width}
      height={HEIGHT_PX}
      className="block text-xs [&_text]:fill-foreground"
    >
      {ticks.map((tick) => (
        <g key={tick}>
          <line x1={MARGIN.left} x2={MARGIN.left + innerWidth} y1={y(tick)} y2={y(tick)} stroke="var(--border)" />
          <text x={MARGIN.left - 8} y={y(tick) + 4} textAnchor="end" style={{ fill: "var(--muted-foreground)" }}>
            {formatCount(tick)}
          </text>
        </g>
      ))}
      {hours.map((hour, index) =>
        index % every === 0 ? (
          <text
            key={hour.at.getTime()}
            x={x(index)}
            y={HEIGHT_PX - 6}
            textAnchor="middle"
            style={{ fill: "var(--muted-foreground)" }}
          >
            {isLong ? formatDay(hour.at, new Date()) : `${formatClock(hour.at).slice(0, 2)}h`}
          </text>
        ) : null,
      )}
      {SERIES.map((series) => (
        <Line
          key={series.key}
          series={series}
          hours={hours}
          x={x}
          y={y}
          hasMarkers={gap >= MIN_MARKER_GAP_PX || hours.length === 1}
        />
      ))}
      <EndLabels hours={hours} x={x(hours.length - 1) + 10} y={y} />
    </svg>
  );
}

type Scale = (value: number) => number;

function Line({
  series,
  hours,
  x,
  y,
  hasMarkers,
}: {
  series: Series;
  hours: readonly Hour[];
  x: Scale;
  y: Scale;
  hasMarkers: boolean;
}) {
  const { key, color, dash } = series;
  const points = hours.map((hour, index) => `${x(index)},${y(hour[key])}`).join(" ");
  const peak = hours.indexOf(peakOf(hours, key));
  // First and peak say how it began and where it was strongest; the last value stands at the end.
  const marked = [...new Set([0, peak])].filter((index) => (hours[index]?.[key] ?? 0) > 0);
  return (
    <g>
      <polyline
        points={points}
        fill="none"
        stroke={color}
        strokeWidth={2}
        strokeDasharray={dash}
        strokeLinejoin="round"
      />
      {hours.map((hour, index) =>
        hasMarkers || marked.includes(index) ? (
          dash ? (
            <rect key={hour.at.getTime()} x={x(index) - 3} y={y(hour[key]) - 3} width={6} height={6} fill={color} />
          ) : (
            <circle
              key={hour.at.getTime()}
              cx={x(index)}
              cy={y(hour[key])}
              r={3.5}
              fill="var(--card)"
              stroke={color}
              strokeWidth={2}
            />
          )
        ) : null,
      )}
      {marked.map((index) => (
        <text
          key={index}
          x={x(index) + (index === hours.length - 1 ? 0 : 8)}
          y={y(hours[index]?.[key] ?? 0) - 8}
          textAnchor={index === hours.length - 1 ? "middle" : "start"}
          fontWeight={600}
        >
          {formatCount(hours[index]?.[key] ?? 0)}
        </text>
      ))}
    </g>
  );
}

/** The names of the lines at their ends, pushed apart where they would cover each other. */
function EndLabels({ hours, x, y }: { hours: readonly Hour[]; x: number; y: Scale }) {
  const last = hours.at(-1);
  if (!last) return null;
  const opened = y(last.opened);
  const clicked = Math.max(y(last.clicked), opened + 15);
  const shift = Math.max(0, clicked - (HEIGHT_PX - MARGIN.bottom));
  return (
    <g fontWeight={600}>
      <text x={x} y={opened + 4 - shift}>
        Opened
      </text>
      <text x={x} y={clicked + 4 - shift}>
        Clicked
      </text>
    </g>
  );
}

function useWidth(box: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  return width;
}
