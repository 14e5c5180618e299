import type { RenderedCampaign } from "@hustings/contracts/campaigns";
import { cn } from "@hustings/ui/class-names";
import { Combobox } from "@hustings/ui/combobox";
import { EmptyState } from "@hustings/ui/empty-state";
import { PreviewFrame } from "@hustings/ui/preview-frame";
import { SegmentedControl } from "@hustings/ui/segmented-control";
import { FileText, FileWarning, Monitor, Moon, Smartphone } from "lucide-react";
import { useState } from "react";
import { useDebounced } from "~/client/debounced";
import { trpc } from "~/client/trpc";
import { useWorkspace } from "~/client/workspace";
import { QueryError } from "~/components/query-error";
import { ScrollBox } from "~/components/scroll-box";
import { personName } from "../person-name";
import type { Draft } from "./draft";

const SEARCH_DELAY_MS = 250;
const VIEWS = [
  { value: "desktop", label: "Desktop", icon: <Monitor aria-hidden /> },
  { value: "phone", label: "Phone", icon: <Smartphone aria-hidden /> },
  { value: "dark", label: "Dark", icon: <Moon aria-hidden /> },
  { value: "text", label: "Text", icon: <FileText aria-hidden /> },
] as const;
type View = (typeof VIEWS)[number]["value"];

/** As whom the preview is read. `null`: an example person. */
export type Reader = { id: string; name: string } | null;

export type PreviewPaneProps = {
  draft: Draft;
  rendered: RenderedCampaign | undefined;
  query: { error: unknown; isFetching: boolean; refetch: () => unknown };
  reader: Reader | undefined;
  onReaderChange: (reader: Reader) => void;
};

/** The email as the chosen person would read it. */
export function PreviewPane({ draft, rendered, query, reader, onReaderChange }: PreviewPaneProps) {
  const workspace = useWorkspace();
  const [view, setView] = useState<View>("desktop");
  const title = `Preview as ${reader?.name ?? "an example person"}`;
  return (
    <>
      <div className="flex flex-none flex-wrap items-center gap-2 px-4 py-2.5 max-md:px-3.5">
        <SegmentedControl label="Look at it as" value={view} onValueChange={setView} options={VIEWS} />
        <div className="ml-auto flex min-w-0 items-center gap-2">
          <span className="text-sm text-muted-foreground">as</span>
          <ReaderChoice reader={reader ?? null} onChange={onReaderChange} />
        </div>
      </div>
      <div
        aria-busy={query.isFetching}
        className="flex min-h-0 flex-1 flex-col px-4 pb-3 max-lg:min-h-120 max-md:px-3.5"
      >
        {query.error && !rendered ? (
          <QueryError title="The preview did not load." error={query.error} onRetry={() => void query.refetch()} />
        ) : rendered?.error ? (
          <EmptyState
            icon={FileWarning}
            title="The template cannot be read"
            className="rounded-lg border border-border-strong bg-card"
          >
            Mend the line that is marked; the preview comes back by itself.
          </EmptyState>
        ) : (
          <div className={cn("flex min-h-0 flex-1 flex-col", view === "phone" && "mx-auto w-full max-w-[390px]")}>
            <div
              className={cn(
                "flex-none rounded-t-lg border border-b-0 border-border-strong bg-card px-5 py-2.5 text-sm",
                query.isFetching && "text-muted-foreground",
              )}
            >
              <b className="block truncate">{rendered?.subject ?? draft.subject}</b>
              <span className="block truncate text-muted-foreground">
                {draft.fromName ?? workspace.name}
                {draft.preheader && ` · ${draft.preheader}`}
              </span>
            </div>
            {view === "text" ? (
              <ScrollBox label={title} className="min-h-0 flex-1 rounded-b-lg border border-border-strong bg-card p-5">
                <pre className="font-mono text-sm whitespace-pre-wrap wrap-anywhere">{rendered?.text}</pre>
              </ScrollBox>
            ) : (
              <PreviewFrame
                title={title}
                html={rendered?.html ?? ""}
                device={view === "phone" ? "phone" : "desktop"}
                isDark={view === "dark"}
                isShowingPictures
                className="min-h-0 flex-1 rounded-t-none"
              />
            )}
          </div>
        )}
      </div>
    </>
  );
}

const EXAMPLE = { value: "example", label: "An example person" };

function ReaderChoice({ reader, onChange }: { reader: Reader; onChange: (reader: Reader) => void }) {
  const [text, setText] = useState("");
  const search = useDebounced(text.trim(), SEARCH_DELAY_MS);
  const contacts = trpc.contacts.list.useQuery(
    { pageSize: 10, ...(search ? { search } : {}) },
    { placeholderData: (before) => before },
  );
  const people = (contacts.data?.contacts ?? []).map((contact) => ({
    value: contact.id,
    label: personName(contact),
    hint: contact.email ?? "No email",
  }));
  return (
    <Combobox
      label="Preview as"
      value={reader?.id ?? EXAMPLE.value}
      valueLabel={reader?.name ?? EXAMPLE.label}
      options={search ? people : [EXAMPLE, ...people]}
      onSearch={setText}
      isLoading={contacts.isFetching}
      placeholder="Search contacts"
      onValueChange={(value) => {
        const person = people.find((option) => option.value === value);
        onChange(person ? { id: person.value, name: person.label } : null);
        setText("");
      }}
      className="w-52 max-md:w-44"
    />
  );
}
