import type { RenderedCampaign } from "@hustings/contracts/campaigns";
import { Button } from "@hustings/ui/button";
import { formatBytes } from "@hustings/ui/count";
import { Note } from "@hustings/ui/note";
import { Skeleton } from "@hustings/ui/skeleton";
import { Link2, Split } from "lucide-react";
import dynamic from "next/dynamic";
import { type RefObject, useMemo, useRef } from "react";
import { trpc } from "~/client/trpc";
import type { LineMark } from "~/components/code-editor/line-marks";
import type { CodeEditorHandle, CodeEditorProps } from "./code-editor";
import type { Draft } from "./draft";
import { Envelope } from "./envelope";
import { InsertFieldMenu } from "./insert-field-menu";

const CodeEditor = dynamic<CodeEditorProps & { handle: RefObject<CodeEditorHandle | null> }>(
  () =>
    import("./code-editor").then(({ CodeEditor: Editor }) => ({
      default: ({ handle, ...props }) => <Editor ref={handle} {...props} />,
    })),
  {
    ssr: false,
    loading: () => (
      <div className="grid gap-3 p-6">
        <Skeleton className="w-2/5" />
        <Skeleton className="w-3/5" />
        <Skeleton className="w-1/2" />
      </div>
    ),
  },
);

export type WritePaneProps = {
  campaignId: string;
  draft: Draft;
  onChange: (patch: Partial<Draft>) => void;
  rendered: RenderedCampaign | undefined;
  offReason: string | null;
  code: RefObject<CodeEditorHandle | null>;
};

/** Envelope, buttons and source. */
export function WritePane({ campaignId, draft, onChange, rendered, offReason, code }: WritePaneProps) {
  const fields = trpc.fields.list.useQuery({});
  const subject = useRef<HTMLInputElement>(null);
  const preheader = useRef<HTMLInputElement>(null);
  const lastFocus = useRef<"subject" | "preheader" | "body">("body");
  const marks = useMemo(() => toMarks(rendered), [rendered]);
  const insert = (text: string) => {
    const where = lastFocus.current;
    const input = where === "subject" ? subject.current : preheader.current;
    if (where === "body" || !input) return code.current?.wrap(text);
    const { value, selectionStart, selectionEnd } = input;
    onChange({
      [where]: value.slice(0, selectionStart ?? value.length) + text + value.slice(selectionEnd ?? value.length),
    });
    input.focus();
  };
  return (
    <>
      <Envelope
        campaignId={campaignId}
        draft={draft}
        renderedSubject={rendered && !rendered.error && draft.subject !== "" ? rendered.subject : null}
        onChange={onChange}
        isReadOnly={offReason !== null}
        subjectRef={subject}
        preheaderRef={preheader}
        onFocus={(where) => {
          lastFocus.current = where;
        }}
      />
      <div className="flex flex-none flex-wrap items-center gap-1 border-t border-border px-5 py-1.5 max-md:px-2">
        <InsertFieldMenu fields={fields.data ?? []} onInsert={insert} offReason={offReason} />
        <Button
          variant="quiet"
          size="sm"
          icon={<Link2 aria-hidden />}
          offReason={offReason}
          onClick={() => code.current?.wrap('<a href="https://">', "</a>")}
        >
          Link
        </Button>
        <Button
          variant="quiet"
          size="sm"
          icon={<Split aria-hidden />}
          offReason={offReason}
          onClick={() => code.current?.wrap("{% if contact.firstName %}", "{% endif %}")}
        >
          If…
        </Button>
        <span className="ml-auto pr-1 text-xs text-muted-foreground max-md:hidden">
          HTML and Liquid{rendered && !rendered.error && ` · ${formatBytes(rendered.sizeBytes)} of 102 kB`}
        </span>
      </div>
      {rendered?.error && (
        <Note tone="bad" isAlert className="flex-none rounded-none">
          <b>{errorPlace(rendered.error)}</b> {rendered.error.message}
        </Note>
      )}
      <div className="min-h-0 flex-1 border-t border-border max-lg:min-h-90">
        <CodeEditor
          handle={code}
          label="Text of the email, HTML and Liquid"
          value={draft.body}
          onValueChange={(body) => onChange({ body })}
          onFocus={() => {
            lastFocus.current = "body";
          }}
          isReadOnly={offReason !== null}
          marks={marks}
          fieldNames={(fields.data ?? []).map((field) => field.name)}
        />
      </div>
    </>
  );
}

const PART = { subject: "Subject", preheader: "Preheader", body: "Text" };

function errorPlace({ part, line, column }: NonNullable<RenderedCampaign["error"]>): string {
  return line === null
    ? `${PART[part]}:`
    : `${PART[part]}, line ${line}${column === null ? "" : `, column ${column}`}:`;
}

function toMarks(rendered: RenderedCampaign | undefined): LineMark[] {
  if (!rendered) return [];
  const { error } = rendered;
  if (error)
    return error.part === "body" && error.line !== null
      ? [{ line: error.line, column: error.column, level: "bad", message: error.message }]
      : [];
  return rendered.checks.flatMap((check) =>
    check.line === null || check.level === "fine"
      ? []
      : [
          {
            line: check.line,
            level: check.level === "stop" ? ("bad" as const) : ("look" as const),
            message: check.message,
          },
        ],
  );
}
