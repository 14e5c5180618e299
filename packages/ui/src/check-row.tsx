import { CircleCheck, OctagonX, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./class-names";

export type CheckLevel = "fine" | "look" | "stops";

const LEVEL = {
  fine: { icon: CircleCheck, ink: "text-success", word: "Fine" },
  look: { icon: TriangleAlert, ink: "text-warning", word: "Look" },
  stops: { icon: OctagonX, ink: "text-danger", word: "Stops sending" },
};

/** A check before sending: names whom it touches and the line, and offers the fix as a button. */
export function CheckRow({
  level,
  title,
  children,
  action,
  className,
}: {
  level: CheckLevel;
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  className?: string;
}) {
  const { icon: Icon, ink, word } = LEVEL[level];
  return (
    <li
      className={cn("flex items-center gap-2.5 border-t border-border px-4 py-2.5 text-sm first:border-t-0", className)}
    >
      <Icon aria-hidden className={cn("self-start", ink)} />
      <p className="min-w-0 flex-1">
        <span className="sr-only">{word}: </span>
        <b>{title}</b> {children}
      </p>
      {action}
    </li>
  );
}
