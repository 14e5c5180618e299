import { CirclePause, FlaskConical, WifiOff } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./class-names";

/**
 * Above everything in sandbox mode: mail is pretended. It cannot be closed.
 * Live mode shows nothing: silence is the live state.
 */
export function SandboxBanner({ link }: { link?: ReactNode }) {
  return (
    <section
      aria-label="Sandbox"
      className="relative flex min-h-10 items-center gap-3 overflow-hidden bg-sandbox py-1 pr-5 pl-3 text-table text-sandbox-foreground max-md:px-2 max-md:text-sm [&_:focus-visible]:outline-current"
    >
      <div aria-hidden className="banner-hatch absolute inset-0 text-sandbox-line" />
      <p className="relative flex items-center gap-2.5 rounded-sm bg-sandbox px-3.5 py-1 max-md:px-2">
        <FlaskConical aria-hidden className="size-5" />
        <b className="font-display text-[15px] leading-5 font-bold tracking-[.01em]">Sandbox</b>
        <span>Nothing leaves this server. Every email is caught in the sandbox mailbox.</span>
      </p>
      {link && (
        <div className="relative ml-auto shrink-0 rounded-sm bg-sandbox px-2.5 py-1 font-semibold whitespace-nowrap max-md:hidden [&_a]:underline [&_a]:underline-offset-3">
          {link}
        </div>
      )}
    </section>
  );
}

/** A state of the whole app that passes: the line is gone, or all sending is paused. */
export function StateBanner({
  kind,
  children,
  action,
}: {
  kind: "offline" | "paused";
  children: ReactNode;
  action?: ReactNode;
}) {
  const Icon = kind === "offline" ? WifiOff : CirclePause;
  return (
    <section
      role="status"
      className={cn(
        "flex min-h-10 items-center gap-2.5 px-5 py-1.5 text-table max-md:px-3",
        kind === "offline" ? "bg-foreground text-background" : "bg-warning-soft text-foreground",
      )}
    >
      <Icon aria-hidden className={kind === "paused" ? "text-warning" : undefined} />
      <p className="min-w-0 flex-1">{children}</p>
      {action}
    </section>
  );
}
