import { cn } from "./class-names";

/** A grey bar where a line of text will be. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={cn("block h-3 rounded-[3px] bg-neutral-soft", className)} />;
}

const WIDTHS = ["w-[31%]", "w-[24%]", "w-[35%]", "w-[28%]"];

/** Rows of the final height: nothing jumps when the real ones come. `label` says what loads: “Loading contacts”. */
export function SkeletonRows({
  rows = 5,
  label,
  hasAvatar,
  className,
}: {
  rows?: number;
  label: string;
  hasAvatar?: boolean;
  className?: string;
}) {
  return (
    <div role="status" aria-busy className={cn("appear-late", className)}>
      <span className="sr-only">{label}</span>
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className="flex h-(--row) items-center gap-2 border-b border-border px-4 last:border-b-0">
          {hasAvatar && <Skeleton className="size-6 rounded-full" />}
          <Skeleton className={WIDTHS[index % WIDTHS.length]} />
          <Skeleton className="ml-auto w-[18%]" />
        </div>
      ))}
    </div>
  );
}
