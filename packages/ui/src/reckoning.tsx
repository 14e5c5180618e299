import type { ReactNode } from "react";
import { cn } from "./class-names";
import { formatCount } from "./count";

export type ReckoningTerm = {
  key: string;
  value: number;
  /** “match the segment”. */
  label: ReactNode;
  /** Before this term; the first has none. */
  operator?: "−" | "=" | "+";
  /** Underlines the number that leaves: marigold for real, blue for the sandbox. */
  mark?: "send" | "sandbox";
  /** Opens these people. */
  onOpen?: () => void;
};

export type ReckoningProps = {
  terms: readonly ReckoningTerm[];
  /** `counting`: old numbers stay, muted. `estimate`: “about” before each. */
  state?: "exact" | "counting" | "estimate";
  className?: string;
};

const MARK = { send: "border-b-4 border-send", sandbox: "border-b-4 border-sandbox-line" };

/** The numbers add up in front of you: 5,390 match − 578 left out = 4,812 get it. Every number opens its people. */
export function Reckoning({ terms, state = "exact", className }: ReckoningProps) {
  return (
    <ul
      aria-busy={state === "counting" || undefined}
      aria-live="polite"
      className={cn("flex flex-wrap items-start gap-y-1.5", state === "counting" && "text-muted-foreground", className)}
    >
      {terms.map((term) => (
        <li key={term.key} className="flex">
          {term.operator && (
            <span
              aria-hidden
              className="py-0.5 font-display text-[28px] leading-[38px] text-muted-foreground max-md:text-[22px] max-md:leading-8"
            >
              {term.operator}
            </span>
          )}
          <div
            className={cn(
              "flex flex-col-reverse py-0.5 max-md:px-2.5",
              term.operator ? "px-[18px]" : "pr-[18px] max-md:pl-0",
            )}
          >
            <span className="text-sm text-muted-foreground">{term.label}</span>
            <span className="font-display text-2xl font-semibold tracking-[-.02em] max-md:text-[28px] max-md:leading-8">
              <Amount term={term} prefix={state === "estimate" ? "about " : ""} />
            </span>
          </div>
        </li>
      ))}
    </ul>
  );
}

function Amount({ term, prefix }: { term: ReckoningTerm; prefix: string }) {
  const words = (
    <>
      {prefix && <span className="text-md font-normal tracking-normal">{prefix}</span>}
      {formatCount(term.value)}
    </>
  );
  const mark = term.mark && MARK[term.mark];
  if (!term.onOpen || term.value === 0) return <span className={cn("inline-block", mark)}>{words}</span>;
  return (
    <button
      type="button"
      onClick={term.onOpen}
      className={cn(
        "rounded-sm hover:text-primary-text",
        mark ?? "hover:underline hover:decoration-2 hover:underline-offset-4",
      )}
    >
      {words}
    </button>
  );
}
