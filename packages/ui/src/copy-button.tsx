import { Check, Copy } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { Button, IconButton } from "./button";
import { cn } from "./class-names";
import { CONTROL_BOX } from "./input";

/** Long enough to be seen, short enough to copy again. */
const SHOWN_MS = 2000;

function useCopy(text: string) {
  const [state, setState] = useState<"idle" | "copied" | "refused">("idle");
  useEffect(() => {
    if (state === "idle") return;
    const timer = window.setTimeout(() => setState("idle"), SHOWN_MS);
    return () => window.clearTimeout(timer);
  }, [state]);
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setState("copied"),
      () => setState("refused"),
    );
  };
  return { state, copy };
}

/** A small icon that copies. `label` names what: “Copy the request number”. */
export function CopyIcon({ text, label }: { text: string; label: string }) {
  const { state, copy } = useCopy(text);
  const words =
    state === "copied"
      ? "Copied"
      : state === "refused"
        ? "The browser did not allow it. Select and copy by hand."
        : label;
  return (
    <IconButton
      size="sm"
      label={words}
      onClick={copy}
      icon={state === "copied" ? <Check aria-hidden /> : <Copy aria-hidden className="size-3.5" />}
      className="size-6 max-md:size-8"
    />
  );
}

/** A value to take along: an API key shown once, a webhook address. `shown` hides part of it. */
export function CopyField({
  text,
  shown = text,
  label,
  hint,
  className,
}: {
  text: string;
  shown?: string;
  label: string;
  hint?: ReactNode;
  className?: string;
}) {
  const { state, copy } = useCopy(text);
  return (
    <div className={className}>
      <div className="flex items-center gap-2">
        <div className={cn(CONTROL_BOX, "font-mono text-sm")}>
          <input
            readOnly
            aria-label={label}
            value={shown}
            onFocus={(event) => event.currentTarget.select()}
            className="h-full min-w-0 flex-1 truncate border-0 bg-transparent outline-none"
          />
        </div>
        <Button icon={state === "copied" ? <Check aria-hidden /> : <Copy aria-hidden />} onClick={copy}>
          {state === "copied" ? "Copied" : "Copy"}
        </Button>
      </div>
      <p role="status" className="mt-1 text-xs text-muted-foreground">
        {state === "refused" ? "The browser did not allow it. Select the text and copy it by hand." : hint}
      </p>
    </div>
  );
}
