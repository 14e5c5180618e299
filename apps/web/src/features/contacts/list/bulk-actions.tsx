import type { ContactSelection } from "@hustings/contracts/contacts";
import { BulkAction } from "@hustings/ui/bulk-bar";
import { CircleMinus, Download, Tag, Trash2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useNotAllowedReason } from "~/client/role";
import type { SelectionControl } from "~/components/data-table/selection";
import type { ContactFilters } from "./use-contact-filters";
import { MAX_EXPORTED_IDS } from "./use-export";

const BulkTagDialog = dynamic(() => import("./bulk-tag-dialog").then((module) => module.BulkTagDialog), { ssr: false });
const BulkDeleteDialog = dynamic(() => import("./bulk-delete-dialog").then((module) => module.BulkDeleteDialog), {
  ssr: false,
});

/** What one call takes by name; beyond it there are the filters. */
const MAX_IDS = 1_000;

/** On phones the icons alone have room; the words stay for screen readers. */
const ON_WIDE = "max-md:sr-only";

export type BulkActionsProps = {
  selection: SelectionControl;
  filters: ContactFilters & { search?: string };
  total: number;
  /** The total is a bound: nobody could type the number. */
  isTotalBound: boolean;
  /** `null`: everyone who matches. */
  onExport: (ids: readonly string[] | null) => void;
};

/** Chosen people, as the dialogs take them. */
export type Chosen = { selection: ContactSelection; count: number };
type Step = { name: "tag" | "untag" | "delete"; isOpen: boolean };

/** Tag, untag, export, delete: everyone who is ticked, or everyone who matches. */
export function BulkActions({ selection, filters, total, isTotalBound, onExport }: BulkActionsProps) {
  const [step, setStep] = useState<Step | null>(null);
  const tagOff = useNotAllowedReason("member", "tag people");
  const deleteOff = useNotAllowedReason("admin", "delete people");
  const isAll = selection.isAllMatching;
  const tooMany = !isAll && selection.ids.size > MAX_IDS && "Choose at most 1,000, or everyone who matches";
  const chosen: Chosen = {
    selection: isAll ? { filters } : { ids: [...selection.ids] },
    count: isAll ? total : selection.ids.size,
  };
  const open = (name: Step["name"]) => () => setStep({ name, isOpen: true });
  const close = () => setStep((now) => now && { ...now, isOpen: false });
  const dialog = { chosen, isOpen: step?.isOpen ?? false, onClose: close, onDone: selection.clear };
  return (
    <>
      <BulkAction icon={<Tag aria-hidden />} offReason={tagOff || tooMany} onClick={open("tag")}>
        Tag…
      </BulkAction>
      <BulkAction icon={<CircleMinus aria-hidden />} offReason={tagOff || tooMany} onClick={open("untag")}>
        <span className={ON_WIDE}>Untag…</span>
      </BulkAction>
      <BulkAction
        icon={<Download aria-hidden />}
        offReason={!isAll && selection.ids.size > MAX_EXPORTED_IDS && "Choose at most 200, or everyone who matches"}
        onClick={() => onExport(isAll ? null : [...selection.ids])}
      >
        <span className={ON_WIDE}>Export</span>
      </BulkAction>
      <BulkAction
        icon={<Trash2 aria-hidden />}
        offReason={deleteOff || tooMany || (isAll && isTotalBound && "Too many at once. Narrow the list first")}
        onClick={open("delete")}
      >
        <span className={ON_WIDE}>Delete…</span>
      </BulkAction>
      {step && step.name !== "delete" && <BulkTagDialog key={step.name} mode={step.name} {...dialog} />}
      {step?.name === "delete" && <BulkDeleteDialog {...dialog} />}
    </>
  );
}
