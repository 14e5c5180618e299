import type { RenderedCampaign } from "@hustings/contracts/campaigns";
import { Button, TextButton } from "@hustings/ui/button";
import { CheckRow } from "@hustings/ui/check-row";
import { StatusPill } from "@hustings/ui/status";
import { type RefObject, useId, useState } from "react";
import type { CodeEditorHandle } from "./code-editor";
import { GapCount } from "./gap-count";

type Check = RenderedCampaign["checks"][number];
const ORDER = { stop: 0, look: 1, fine: 2 };
const LEVEL = { stop: "stops", look: "look", fine: "fine" } as const;
const UNSUBSCRIBE = '\n<p><a href="{{ unsubscribeUrl }}">Unsubscribe</a></p>\n';

export type ChecksPanelProps = {
  campaignId: string;
  rendered: RenderedCampaign | undefined;
  body: string;
  onBodyChange: (body: string) => void;
  code: RefObject<CodeEditorHandle | null>;
  onFix: () => void;
  isReadOnly: boolean;
};

/** What a careful colleague would say before it leaves, with the fix as a button. */
export function ChecksPanel({ campaignId, rendered, body, onBodyChange, code, onFix, isReadOnly }: ChecksPanelProps) {
  const [isShowingAll, setShowingAll] = useState(false);
  const listId = useId();
  if (!rendered || rendered.error)
    return (
      <section
        aria-label="Checks"
        className="flex-none border-t border-border-strong bg-card px-4 py-2 text-sm text-muted-foreground"
      >
        {rendered?.error ? "The checks wait until the template can be read." : "Checking"}
      </section>
    );
  const checks = [...rendered.checks].sort((a, b) => ORDER[a.level] - ORDER[b.level]);
  const open = checks.filter((check) => check.level !== "fine");
  const stops = open.filter((check) => check.level === "stop").length;
  const shown = isShowingAll ? checks : open;
  const fix = (act: () => void) => () => {
    onFix();
    // On narrow screens the editor comes into sight first.
    window.requestAnimationFrame(act);
  };
  return (
    <section
      aria-label="Checks"
      className="flex max-h-[45%] flex-none flex-col border-t border-border-strong bg-card max-lg:max-h-none"
    >
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2">
        <h2>Checks</h2>
        {stops > 0 && <StatusPill tone="bad">{stops === 1 ? "1 stops sending" : `${stops} stop sending`}</StatusPill>}
        {open.length > stops && <StatusPill tone="look">{open.length - stops} to look at</StatusPill>}
        <StatusPill tone="good">{checks.length - open.length} fine</StatusPill>
        <TextButton
          className="ml-auto text-sm"
          aria-expanded={isShowingAll}
          aria-controls={listId}
          onClick={() => setShowingAll(!isShowingAll)}
        >
          {isShowingAll ? "Show fewer" : `Show all ${checks.length}`}
        </TextButton>
      </header>
      <ul id={listId} className="min-h-0 overflow-auto border-t border-border empty:hidden">
        {shown.map((check) => (
          <CheckRow
            key={`${check.code}-${check.line}-${check.message}`}
            level={LEVEL[check.level]}
            title={check.message}
            action={
              !isReadOnly &&
              check.level !== "fine" && (
                <FixButton
                  check={check}
                  onFix={(kind) =>
                    fix(() =>
                      kind === "append" ? onBodyChange(body.trimEnd() + UNSUBSCRIBE) : applyFix(code.current, check),
                    )()
                  }
                />
              )
            }
          >
            {check.variable?.field && <GapCount campaignId={campaignId} field={check.variable.field} />}
            {check.line !== null && `Line ${check.line}.`}
          </CheckRow>
        ))}
      </ul>
    </section>
  );
}

function FixButton({ check, onFix }: { check: Check; onFix: (kind: "append" | "line") => void }) {
  if (check.code === "unsubscribe" && check.message.startsWith("There is no unsubscribe link"))
    return (
      <Button size="sm" onClick={() => onFix("append")}>
        Add the link
      </Button>
    );
  if (check.line === null) return null;
  const words =
    check.code === "fallbacks"
      ? "Add a fallback"
      : check.code === "images"
        ? "Describe it"
        : `Go to line ${check.line}`;
  return (
    <Button size="sm" onClick={() => onFix("line")}>
      {words}
    </Button>
  );
}

/** Writes what can be written and leaves the cursor where the words are missing. */
function applyFix(code: CodeEditorHandle | null, { code: kind, line, variable }: Check): void {
  if (!code || line === null) return;
  if (variable) {
    const fixed = `${variable.path} | default: "`;
    code.replaceInLine(line, variable.path, `${fixed}"`, fixed.length);
  } else if (kind === "images") code.replaceInLine(line, "<img", '<img alt=""', '<img alt="'.length);
  else code.goToLine(line);
}
