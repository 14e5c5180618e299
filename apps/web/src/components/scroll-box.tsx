import type { ReactNode } from "react";

/** A part of the page that scrolls by itself and holds little to press: reachable by keys, so that arrows scroll it. */
export function ScrollBox({
  label,
  isBusy,
  className,
  children,
}: {
  label: string;
  isBusy?: boolean;
  className?: string;
  children: ReactNode;
}) {
  return (
    <section
      aria-label={label}
      aria-busy={isBusy || undefined}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys (axe: scrollable-region-focusable)
      tabIndex={0}
      className={`overflow-auto focus-visible:-outline-offset-2 ${className ?? ""}`}
    >
      {children}
    </section>
  );
}
