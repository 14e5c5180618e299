import type { Segment } from "@hustings/contracts/segments";
import { Button } from "@hustings/ui/button";
import { PageHeader } from "@hustings/ui/page-header";
import { Trash2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/router";
import { useState } from "react";
import { useNotAllowedReason } from "~/client/role";
import { useWorkspacePath } from "~/client/workspace";
import { UnsavedNote } from "./unsaved-note";

const DeleteSegmentDialog = dynamic(
  () => import("../delete-segment-dialog").then((module) => module.DeleteSegmentDialog),
  { ssr: false },
);

export type BuilderTopProps = {
  segment: Segment | null;
  isChanged: boolean;
  /** Why it cannot be saved as it stands: “Line 4 needs a number.” */
  problem: string | null;
  isBusy: boolean;
  onSave: () => void;
  onDiscard: () => void;
};

/** The segment's name with what can be done to it. */
export function BuilderTop({ segment, isChanged, problem, isBusy, onSave, onDiscard }: BuilderTopProps) {
  const router = useRouter();
  const toPath = useWorkspacePath();
  const offReason = useNotAllowedReason("admin", "save segments");
  const [deletion, setDeletion] = useState<"closed" | "open" | null>(null);
  return (
    <PageHeader
      title={segment?.name ?? "New segment"}
      lede={
        segment
          ? "Changing it changes whom campaigns that use it reach next time."
          : "A sentence about people. Who matches is decided anew each time."
      }
    >
      <UnsavedNote isSaved={segment !== null && !isChanged} problem={problem} />
      {segment && (
        <Button variant="quiet" icon={<Trash2 aria-hidden />} offReason={offReason} onClick={() => setDeletion("open")}>
          Delete…
        </Button>
      )}
      {isChanged && <Button onClick={onDiscard}>Throw changes away</Button>}
      <Button
        variant="primary"
        isBusy={isBusy}
        offReason={offReason ?? problem ?? (segment && !isChanged ? "Nothing has changed." : null)}
        onClick={onSave}
      >
        Save segment
      </Button>
      {segment && deletion && (
        <DeleteSegmentDialog
          segment={segment}
          isOpen={deletion === "open"}
          onClose={() => setDeletion("closed")}
          onDeleted={() => void router.push(toPath("/segments"))}
        />
      )}
    </PageHeader>
  );
}
