import type { Campaign } from "@hustings/contracts/campaigns";
import { cn } from "@hustings/ui/class-names";
import { NotAllowed } from "@hustings/ui/not-allowed";
import { SegmentedControl } from "@hustings/ui/segmented-control";
import { Status } from "@hustings/ui/status";
import { RelativeTime } from "@hustings/ui/time";
import { useEffect, useRef, useState } from "react";
import { useNotAllowedReason } from "~/client/role";
import { trpc } from "~/client/trpc";
import { Screen } from "~/components/frame/screen";
import { CAMPAIGNS_CRUMB } from "../crumbs";
import { personName } from "../person-name";
import { ChecksPanel } from "./checks-panel";
import type { CodeEditorHandle } from "./code-editor";
import { EditorActions } from "./editor-actions";
import { PreviewPane, type Reader } from "./preview-pane";
import { SaveNote } from "./save-note";
import { useDraft } from "./use-draft";
import { useRendered } from "./use-rendered";
import { WritePane } from "./write-pane";

/** A draft: written on the left, seen on the right, checked below. */
export function EditorScreen({ campaign }: { campaign: Campaign }) {
  const { draft, change, state, flush } = useDraft(campaign);
  const [reader, setReader] = useReader(campaign.id);
  const rendered = useRendered(draft, reader === undefined ? undefined : (reader?.id ?? null));
  const [pane, setPane] = useState<"write" | "preview">("write");
  const code = useRef<CodeEditorHandle>(null);
  const offReason = useNotAllowedReason("admin", "write and send campaigns");
  return (
    <Screen title={draft.name || "Campaign"} crumbs={CAMPAIGNS_CRUMB} isFlush>
      <header className="flex flex-none flex-wrap items-center gap-x-3 gap-y-2 border-b border-border px-6 py-2.5 max-md:px-3.5">
        <div className="min-w-0 flex-1 max-md:basis-full">
          <h1 className="truncate text-lg leading-6">{draft.name || "No name"}</h1>
          <div className="mt-px flex flex-wrap items-center gap-x-2 text-xs text-muted-foreground">
            <Status state={campaign.status} />
            {campaign.status === "scheduled" && (
              <span>
                Leaves <RelativeTime at={campaign.scheduledAt} isInSentence />
              </span>
            )}
            {!offReason && <SaveNote state={state} onRetry={() => void flush()} />}
          </div>
        </div>
        <EditorActions campaign={campaign} reader={reader} flush={flush} offReason={offReason} />
      </header>
      {offReason && <NotAllowed className="flex-none rounded-none">{offReason}</NotAllowed>}
      <div className="flex-none px-3.5 pt-2 lg:hidden">
        <SegmentedControl
          label="Pane"
          value={pane}
          onValueChange={setPane}
          options={[
            { value: "write", label: "Write" },
            { value: "preview", label: "Preview and checks" },
          ]}
        />
      </div>
      <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)_minmax(0,1fr)] max-lg:grid-cols-1 max-lg:overflow-auto">
        <section
          aria-label="Write"
          className={cn(
            "flex min-h-0 flex-col border-r border-border max-lg:border-r-0",
            pane !== "write" && "max-lg:hidden",
          )}
        >
          <WritePane
            campaignId={campaign.id}
            draft={draft}
            onChange={change}
            rendered={rendered.data}
            offReason={offReason}
            code={code}
          />
        </section>
        <section
          aria-label="Preview"
          className={cn("flex min-h-0 flex-col bg-sunken", pane !== "preview" && "max-lg:hidden")}
        >
          <PreviewPane
            draft={draft}
            rendered={rendered.data}
            query={rendered}
            reader={reader}
            onReaderChange={setReader}
          />
          <ChecksPanel
            campaignId={campaign.id}
            rendered={rendered.data}
            body={draft.body}
            onBodyChange={(body) => change({ body })}
            code={code}
            onFix={() => setPane("write")}
            isReadOnly={offReason !== null}
          />
        </section>
      </div>
    </Screen>
  );
}

/** At first somebody who would get it; undefined until that is known. */
function useReader(campaignId: string) {
  const [reader, setReader] = useState<Reader | undefined>(undefined);
  const first = trpc.campaigns.audiencePeople.useQuery(
    { id: campaignId, group: "recipients", pageSize: 1 },
    { retry: false, staleTime: Number.POSITIVE_INFINITY },
  );
  useEffect(() => {
    if (first.isPending) return;
    const person = first.data?.people[0];
    setReader((now) => (now === undefined ? (person ? { id: person.id, name: personName(person) } : null) : now));
  }, [first.isPending, first.data]);
  return [reader, setReader] as const;
}
