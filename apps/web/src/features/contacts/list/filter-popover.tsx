import type { Condition } from "@hustings/contracts/filter";
import { AddChip } from "@hustings/ui/chip";
import { Combobox } from "@hustings/ui/combobox";
import { Field } from "@hustings/ui/field";
import { Popover, PopoverContent, PopoverTrigger } from "@hustings/ui/popover";
import { TagSwatch } from "@hustings/ui/tag";
import { useState } from "react";
import { trpc } from "~/client/trpc";
import { ALL_TAGS } from "../list-limits";
import { ConditionForm } from "./condition-form";
import type { ContactFilterControl } from "./use-contact-filters";

/** Narrows the list to a tag, to a segment, and by whatever a segment can ask. Opens at once: it is loaded by the first press on its chip. */
export function FilterPopover({ control }: { control: ContactFilterControl }) {
  const [isOpen, setOpen] = useState(true);
  const tags = trpc.tags.list.useQuery({ limit: ALL_TAGS });
  const segments = trpc.segments.list.useQuery({});
  const choose = (set: (id: string | null) => void) => (id: string | null) => {
    set(id);
    setOpen(false);
  };
  const addCondition = (condition: Condition) => {
    control.setConditions([...(control.conditions ?? []), condition]);
    setOpen(false);
  };
  return (
    <Popover open={isOpen} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <AddChip>Filter</AddChip>
      </PopoverTrigger>
      <PopoverContent aria-label="Narrow the list" className="grid gap-3">
        <Field label="Tag">
          <Combobox
            label="Tag"
            value={control.filters.tagId ?? null}
            onValueChange={choose(control.setTag)}
            options={(tags.data ?? []).map((tag) => ({
              value: tag.id,
              label: tag.name,
              icon: <TagSwatch color={tag.color} />,
            }))}
            isLoading={tags.isPending}
            isClearable
            empty="No such tag"
          />
        </Field>
        <Field label="Segment">
          <Combobox
            label="Segment"
            value={control.filters.segmentId ?? null}
            onValueChange={choose(control.setSegment)}
            options={(segments.data ?? []).map((segment) => ({ value: segment.id, label: segment.name }))}
            isLoading={segments.isPending}
            isClearable
            empty="No such segment"
          />
        </Field>
        <fieldset className="grid gap-1.5 border-t border-border pt-3">
          <legend className="float-left mb-1.5 text-sm font-semibold">Anything else</legend>
          <ConditionForm onAdd={addCondition} />
        </fieldset>
      </PopoverContent>
    </Popover>
  );
}
