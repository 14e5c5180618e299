import type { ReactNode } from "react";
import { cn } from "./class-names";

export type PageHeaderProps = {
  title: ReactNode;
  /** One sentence with the numbers that matter. */
  lede?: ReactNode;
  /** Buttons, the main one last. */
  children?: ReactNode;
  className?: string;
};

/** Title of a page with what can be done here. */
export function PageHeader({ title, lede, children, className }: PageHeaderProps) {
  return (
    <header className={cn("mb-4 flex flex-wrap items-end gap-x-4 gap-y-2.5 max-md:mb-3", className)}>
      <div className="min-w-0 flex-1 max-md:basis-full">
        <h1 className="wrap-anywhere">{title}</h1>
        {lede && <p className="mt-0.5 text-muted-foreground">{lede}</p>}
      </div>
      {children && <div className="flex flex-wrap items-center gap-2">{children}</div>}
    </header>
  );
}
