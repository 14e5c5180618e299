import { NotAllowed } from "@hustings/ui/not-allowed";
import { PageHeader } from "@hustings/ui/page-header";
import { SkeletonRows } from "@hustings/ui/skeleton";
import dynamic from "next/dynamic";
import { useRef, useState } from "react";
import { useNotAllowedReason } from "~/client/role";
import { trpc } from "~/client/trpc";
import type { LineMark } from "~/components/code-editor/line-marks";
import { Screen } from "~/components/frame/screen";
import { RecordError } from "~/components/record-error";
import type { CodeEditorHandle } from "./editor/code-editor";
import { ServiceNote } from "./service-note";

const ScriptForm = dynamic(() => import("./script-form").then((module) => module.ScriptForm), {
  ssr: false,
  loading: () => <SkeletonRows label="Loading the script" rows={8} />,
});
const RunPanel = dynamic(() => import("./run-panel").then((module) => module.RunPanel), { ssr: false });

const CRUMBS = [{ label: "Scripts", path: "/scripts" }];
const ignore = () => undefined;

/** A script, not saved yet. */
export function NewScriptScreen() {
  const offReason = useNotAllowedReason("admin", "write scripts");
  const code = useRef<CodeEditorHandle>(null);
  return (
    <Screen title="New script" crumbs={CRUMBS}>
      <PageHeader title="New script" />
      {offReason ? (
        <NotAllowed className="max-w-xl">{offReason}</NotAllowed>
      ) : (
        <div className="max-w-5xl">
          <ServiceNote className="mb-5" />
          <ScriptForm script={null} code={code} failedLine={null} onDirtyChange={ignore} />
        </div>
      )}
    </Screen>
  );
}

/** A saved script: its code and schedule, a button to run it, and what became of its runs. */
export function ScriptScreen({ id }: { id: string }) {
  const offReason = useNotAllowedReason("admin", "see and write scripts");
  const script = trpc.scripts.get.useQuery({ id }, { enabled: !offReason });
  const code = useRef<CodeEditorHandle>(null);
  const [isDirty, setDirty] = useState(false);
  const [failedLine, setFailedLine] = useState<LineMark | null>(null);
  return (
    <Screen title={script.data?.name ?? "Script"} crumbs={CRUMBS}>
      <PageHeader title={script.data?.name ?? "Script"} />
      {offReason && <NotAllowed className="max-w-xl">{offReason}</NotAllowed>}
      {script.error && !script.data && (
        <RecordError noun="script" error={script.error} onRetry={() => void script.refetch()} />
      )}
      {!offReason && script.isPending && <SkeletonRows label="Loading the script" rows={8} />}
      {script.data && (
        <>
          <ServiceNote className="mb-5" />
          <div className="grid grid-cols-1 items-start gap-5 xl:grid-cols-[minmax(0,1fr)_minmax(360px,440px)]">
            <ScriptForm script={script.data} code={code} failedLine={failedLine} onDirtyChange={setDirty} />
            <RunPanel
              script={script.data}
              isDirty={isDirty}
              onRun={() => setFailedLine(null)}
              onGoToLine={(line) => {
                setFailedLine({ line, level: "look", message: "The run failed here" });
                code.current?.goToLine(line);
              }}
            />
          </div>
        </>
      )}
    </Screen>
  );
}
