import { CircleCheck, CircleDashed, CircleX } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./class-names";

export type WhyReason = {
  key: string;
  /** `unchecked`: not needed once another check said no. */
  verdict: "yes" | "no" | "unchecked";
  title: ReactNode;
  /** With the source: “3 Nov 2026, 17:26, by the unsubscribe link in ‘Winter appeal’”. */
  children?: ReactNode;
};

const VERDICT = {
  yes: { icon: CircleCheck, ink: "text-success", word: "Yes" },
  no: { icon: CircleX, ink: "text-danger", word: "No" },
  unchecked: { icon: CircleDashed, ink: "text-muted-foreground", word: "Not checked" },
};

/** The answer in one sentence, then each check in the order it was made. */
export function WhyPanel({
  conclusion,
  reasons,
  children,
  className,
}: {
  conclusion: ReactNode;
  reasons: readonly WhyReason[];
  children?: ReactNode;
  className?: string;
}) {
  return (
    <div className={className}>
      <h2 className="mb-2">{conclusion}</h2>
      <ol>
        {reasons.map((reason) => {
          const { icon: Icon, ink, word } = VERDICT[reason.verdict];
          return (
            <li
              key={reason.key}
              className={cn(
                "grid grid-cols-[18px_1fr] gap-2 py-[5px] text-sm",
                reason.verdict === "unchecked" && "text-muted-foreground",
              )}
            >
              <Icon aria-hidden className={cn("mt-px", ink)} />
              <div className="min-w-0 wrap-anywhere">
                <span className="sr-only">{word}: </span>
                <span className={cn(reason.verdict !== "unchecked" && "font-semibold")}>{reason.title}</span>
                {reason.children && <div>{reason.children}</div>}
              </div>
            </li>
          );
        })}
      </ol>
      {children}
    </div>
  );
}
