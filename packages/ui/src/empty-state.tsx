import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./class-names";

export type EmptyStateProps = {
  icon?: LucideIcon;
  /** What is not there: “Nobody here yet”. */
  title: ReactNode;
  /** What belongs here. */
  children?: ReactNode;
  /** One main action, one other. */
  actions?: ReactNode;
  /** 1 where it is the whole page. */
  level?: 1 | 2;
  className?: string;
};

/** What belongs here and how it gets here. */
export function EmptyState({ icon: Icon, title, children, actions, level = 2, className }: EmptyStateProps) {
  const Heading = `h${level}` as const;
  return (
    <div className={cn("px-4 py-10 text-center", className)}>
      {Icon && <Icon aria-hidden className="mx-auto mb-2 size-5 text-muted-foreground" />}
      <Heading>{title}</Heading>
      {children && <p className="mx-auto mt-0.5 max-w-prose text-sm text-muted-foreground">{children}</p>}
      {actions && <div className="mt-3 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}

/** After a filter or search: which one emptied it, and what there is without it. */
export function FilteredEmptyState({
  title,
  children,
  actions,
  className,
}: {
  title: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  className?: string;
}) {
  return (
    <div role="status" className={cn("px-6 py-6", className)}>
      <p className="text-sm">
        <b>{title}</b> {children}
      </p>
      {actions && <div className="mt-2 flex flex-wrap gap-2">{actions}</div>}
    </div>
  );
}
