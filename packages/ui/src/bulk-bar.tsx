import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Button, type ButtonProps } from "./button";
import { cn } from "./class-names";
import { formatCount } from "./count";
import { Spinner } from "./spinner";

export type BulkBarProps = {
  chosen: number;
  total: number;
  /** Every match is chosen, not only those ticked on this page. */
  isAllChosen: boolean;
  /** Offered after a choice, when there is more than is ticked. */
  onChooseAll?: () => void;
  onClear: () => void;
  /** What is under way: “Tagging 1,286 people”. */
  working?: string;
  /** `BulkAction`s, most used first. */
  children: ReactNode;
  className?: string;
};

/** What can be done with the chosen rows. Floats over the footer, moves nothing. */
export function BulkBar({
  chosen,
  total,
  isAllChosen,
  onChooseAll,
  onClear,
  working,
  children,
  className,
}: BulkBarProps) {
  return (
    <section
      aria-label="Chosen rows"
      className={cn(
        "flex max-w-full items-center gap-1.5 rounded-lg bg-foreground py-1.5 pr-2 pl-3.5 text-table whitespace-nowrap text-background shadow-float [&_:focus-visible]:outline-current",
        className,
      )}
    >
      <p role="status" className="flex items-center gap-1.5">
        {working ? (
          <>
            <Spinner />
            {working}
          </>
        ) : (
          <>
            <b>{isAllChosen ? `All ${formatCount(total)}` : formatCount(chosen)} chosen</b>
            {!isAllChosen && chosen < total && <span className="max-md:hidden">of {formatCount(total)}.</span>}
          </>
        )}
      </p>
      {!working && !isAllChosen && onChooseAll && chosen < total && (
        <button
          type="button"
          onClick={onChooseAll}
          className="min-h-6 rounded-sm underline decoration-current/40 underline-offset-3 hover:decoration-current max-md:hidden"
        >
          Choose all {formatCount(total)}
        </button>
      )}
      <Divider />
      <div className="flex min-w-0 items-center gap-1 overflow-x-auto p-0.5">{working ? null : children}</div>
      <Divider />
      <BulkAction icon={<X aria-hidden />} aria-label="Choose none" onClick={onClear} />
    </section>
  );
}

/** One thing to do with the chosen rows. “…” when another step follows. */
export function BulkAction({ className, ...rest }: ButtonProps) {
  return (
    <Button
      size="sm"
      variant="quiet"
      className={cn("min-w-7 text-inherit hover:bg-background/15 aria-disabled:text-background/60", className)}
      {...rest}
    />
  );
}

const Divider = () => <span aria-hidden className="mx-1 h-5 w-px shrink-0 bg-background/30" />;
