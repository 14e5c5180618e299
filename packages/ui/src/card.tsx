import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-names";

/** A sheet of paper on the page: work lies here. */
export function Card({ className, ...rest }: ComponentProps<"section">) {
  return (
    <section className={cn("min-w-0 overflow-clip rounded-lg border border-border bg-card", className)} {...rest} />
  );
}

export type CardHeaderProps = {
  title: ReactNode;
  /** `h2` in the display face, or a small `h3`. */
  level?: 2 | 3;
  /** Quiet words after the title. */
  note?: ReactNode;
  /** Right side: a link, a button, a segmented control. */
  children?: ReactNode;
  className?: string;
};

export function CardHeader({ title, level = 2, note, children, className }: CardHeaderProps) {
  const Heading = level === 2 ? "h2" : "h3";
  return (
    <header
      className={cn(
        "flex flex-wrap items-center gap-x-2 gap-y-1 border-b border-border px-4 py-2",
        level === 2 ? "min-h-11" : "min-h-9",
        className,
      )}
    >
      <Heading className="min-w-0">{title}</Heading>
      {note && <span className="text-sm text-muted-foreground">{note}</span>}
      {children && <div className="ml-auto flex items-center gap-2 text-sm">{children}</div>}
    </header>
  );
}

export function CardBody({ className, ...rest }: ComponentProps<"div">) {
  return <div className={cn("px-4 py-3.5", className)} {...rest} />;
}
