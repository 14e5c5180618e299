import type { ReactNode } from "react";
import { cn } from "./class-names";

/** Fixed at the foot of a page: says in words what the button beside it will do, with the number. */
export function ActionBar({
  title,
  children,
  action,
  className,
}: {
  title: ReactNode;
  children?: ReactNode;
  action: ReactNode;
  className?: string;
}) {
  return (
    <footer
      className={cn(
        "flex flex-none items-center gap-x-6 gap-y-2 border-t border-border-strong bg-card px-6 py-3 max-md:flex-col max-md:items-stretch max-md:px-3.5",
        className,
      )}
    >
      <div className="min-w-0 flex-1">
        <p className="text-[15px] font-semibold">{title}</p>
        {children && <p className="text-sm text-muted-foreground">{children}</p>}
      </div>
      {action}
    </footer>
  );
}
