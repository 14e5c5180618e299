import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

export type TimelineEntryProps = {
  icon: LucideIcon;
  /** Who did it; machines say so in words too. */
  kind: "person" | "email" | "machine";
  /** One sentence: “Clicked openrivers.example/act in Stop the Vidra dam”. */
  title: ReactNode;
  time: ReactNode;
  /** Quiet second line. */
  children?: ReactNode;
  /** What unfolds: the whole note, the email, the answers of a form. */
  details?: ReactNode;
  detailsLabel?: string;
};

const KIND_WORD = { person: "By a person", email: "Email", machine: "By itself" };

/** Days and months of a timeline. */
export function TimelineGroup({ label, children }: { label: ReactNode; children: ReactNode }) {
  return (
    <section>
      <h3 className="sticky top-0 z-10 bg-background pt-3.5 pb-1.5 text-muted-foreground max-md:static">{label}</h3>
      <ol>{children}</ol>
    </section>
  );
}

/** One thing that happened. */
export function TimelineEntry({
  icon: Icon,
  kind,
  title,
  time,
  children,
  details,
  detailsLabel = "Show all of it",
}: TimelineEntryProps) {
  return (
    <li className="group relative grid grid-cols-[28px_minmax(0,1fr)_auto] gap-x-2.5 gap-y-0.5 py-1.5 text-table before:absolute before:top-9 before:-bottom-1.5 before:left-[13.5px] before:border-l before:border-border last:before:hidden">
      <span className="row-span-2 grid size-7 place-items-center rounded-full border border-border bg-card text-muted-foreground">
        <Icon aria-hidden className="size-3.5" />
        <span className="sr-only">{KIND_WORD[kind]}: </span>
      </span>
      <div className="min-w-0 wrap-anywhere">{title}</div>
      <div className="text-[12.5px] text-muted-foreground">{time}</div>
      {(children || details) && (
        <div className="col-start-2 min-w-0 text-sm wrap-anywhere text-muted-foreground">
          {children}
          {details && (
            <details className="mt-1">
              <summary className="link w-fit rounded-sm marker:content-none">{detailsLabel}</summary>
              <div className="mt-1 rounded-md border border-border bg-card px-3 py-2 text-foreground">{details}</div>
            </details>
          )}
        </div>
      )}
    </li>
  );
}
