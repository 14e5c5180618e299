import { Button } from "@hustings/ui/button";
import { Field } from "@hustings/ui/field";
import { CONTROL_BOX, Input } from "@hustings/ui/input";
import { Popover, PopoverClose, PopoverContent, PopoverTrigger } from "@hustings/ui/popover";
import { ChevronDown } from "lucide-react";
import { useId } from "react";
import { useWorkspace } from "~/client/workspace";
import type { Draft } from "./draft";

export type FromChoiceProps = {
  labelId: string;
  draft: Draft;
  onChange: (patch: Partial<Draft>) => void;
  isReadOnly: boolean;
};

/** The sender as recipients see it; opens the two fields that make it. */
export function FromChoice({ labelId, draft, onChange, isReadOnly }: FromChoiceProps) {
  const workspace = useWorkspace();
  const valueId = useId();
  const usualName = workspace.senderName ?? workspace.name;
  const email = draft.fromEmail ?? workspace.senderEmail;
  return (
    <Popover>
      <PopoverTrigger aria-labelledby={`${labelId} ${valueId}`} className={`${CONTROL_BOX} justify-between text-left`}>
        <span id={valueId} className="truncate">
          {draft.fromName ?? usualName} {email && <span className="text-muted-foreground">&lt;{email}&gt;</span>}
        </span>
        <ChevronDown aria-hidden className="flex-none" />
      </PopoverTrigger>
      <PopoverContent aria-label="From" className="grid w-80 gap-3">
        <Field label="Name" hint={draft.fromName ? undefined : `Empty: ${usualName}`}>
          <Input
            value={draft.fromName ?? ""}
            readOnly={isReadOnly}
            autoComplete="off"
            placeholder={usualName}
            onChange={(event) => onChange({ fromName: event.target.value || null })}
          />
        </Field>
        <Field
          label="Address"
          hint={`Of a domain that your provider may send for. Empty: ${workspace.senderEmail ?? "the address of this server"}.`}
        >
          <Input
            type="email"
            value={draft.fromEmail ?? ""}
            readOnly={isReadOnly}
            autoComplete="off"
            spellCheck={false}
            placeholder={workspace.senderEmail ?? undefined}
            onChange={(event) => onChange({ fromEmail: event.target.value.trim() || null })}
          />
        </Field>
        <PopoverClose asChild>
          <Button size="sm" className="justify-self-start">
            Done
          </Button>
        </PopoverClose>
      </PopoverContent>
    </Popover>
  );
}
