import { Card, CardBody } from "@hustings/ui/card";
import { Checkbox } from "@hustings/ui/checkbox";
import { Field } from "@hustings/ui/field";
import { Input } from "@hustings/ui/input";
import { toFieldSentence } from "~/client/errors";
import { useSession, useWorkspace } from "~/client/workspace";
import type { Draft } from "./draft";
import type { Words } from "./sentence";
import type { SaveRefusal } from "./use-save-segment";

/** What the segment says, as a sentence, and what it is called. */
export function NameCard({
  draft,
  sentence,
  refusal,
  onChange,
}: {
  draft: Draft;
  sentence: readonly Words[];
  refusal: SaveRefusal | null;
  onChange: (part: Partial<Draft>) => void;
}) {
  const { isGlobalAdmin } = useSession();
  const { isGlobal } = useWorkspace();
  return (
    <Card>
      <CardBody>
        <p className="font-display text-[20px] leading-[29px] font-medium text-pretty wrap-anywhere">
          {sentence.map((word, index) =>
            word.isValue ? (
              <u key={index} className="border-b-2 border-primary no-underline">
                {word.text}
              </u>
            ) : (
              word.text
            ),
          )}
        </p>
        <div className="mt-3.5 grid gap-3 md:grid-cols-2">
          <Field label="Name" isRequired error={refusal?.name && toFieldSentence("Name", refusal.name)}>
            <Input
              value={draft.name}
              autoComplete="off"
              placeholder="Valley supporters, awake"
              onChange={(event) => onChange({ name: event.target.value })}
            />
          </Field>
          <Field
            label="What it is for"
            isOptional
            error={refusal?.description && toFieldSentence("Description", refusal.description)}
          >
            <Input
              value={draft.description}
              autoComplete="off"
              onChange={(event) => onChange({ description: event.target.value })}
            />
          </Field>
        </div>
        {((isGlobalAdmin && isGlobal) || draft.crossWorkspace) && (
          <Checkbox
            className="mt-3"
            checked={draft.crossWorkspace}
            onChange={(event) => onChange({ crossWorkspace: event.target.checked })}
          >
            Across all workspaces
          </Checkbox>
        )}
      </CardBody>
    </Card>
  );
}
