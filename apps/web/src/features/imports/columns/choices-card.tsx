import { Card, CardBody } from "@hustings/ui/card";
import { Field } from "@hustings/ui/field";
import { RadioGroup } from "@hustings/ui/radio";
import { TagInput } from "@hustings/ui/tag-input";
import { trpc } from "~/client/trpc";
import { ALL_TAGS } from "../../contacts/list-limits";
import type { ImportDraft } from "../draft";

type ChoicesCardProps = { draft: ImportDraft; onDraftChange: (changes: Partial<ImportDraft>) => void };

/** What holds for every row: tags, and what happens with people who are known. */
export function ChoicesCard({ draft, onDraftChange }: ChoicesCardProps) {
  const tags = trpc.tags.list.useQuery({ limit: ALL_TAGS });
  const toOption = (name: string) => tags.data?.find((tag) => tag.name === name) ?? { id: name, name };
  return (
    <Card>
      <CardBody className="grid gap-4">
        <Field label="Give everyone a tag" hint="So that you find them again.">
          <TagInput
            label="Give everyone a tag"
            value={draft.tags.map(toOption)}
            onValueChange={(chosen) => onDraftChange({ tags: chosen.map(({ name }) => name) })}
            options={tags.data ?? []}
            isLoading={tags.isPending}
            onCreate={(name) => onDraftChange({ tags: [...draft.tags, name] })}
          />
        </Field>
        <RadioGroup
          label="If we already know the email"
          value={draft.skipDuplicates ? "skip" : "update"}
          onValueChange={(value) => onDraftChange({ skipDuplicates: value === "skip" })}
          options={[
            { value: "update", label: "Fill in and update what the file has" },
            { value: "skip", label: "Leave the person as they are" },
          ]}
        />
      </CardBody>
    </Card>
  );
}
