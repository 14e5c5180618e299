import { Card, CardBody } from "@hustings/ui/card";
import { Field } from "@hustings/ui/field";
import { Input } from "@hustings/ui/input";
import { toFieldSentence } from "~/client/errors";
import type { Words } from "../../segments/builder/sentence";
import type { RuleDraft } from "./draft";
import type { RuleRefusal } from "./use-save-rule";

/** What the rule says, as a sentence, and what it is called. */
export function RuleNameCard({
  draft,
  sentence,
  refusal,
  onChange,
}: {
  draft: RuleDraft;
  sentence: readonly Words[];
  refusal: RuleRefusal | null;
  onChange: (part: Partial<RuleDraft>) => void;
}) {
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
              placeholder="Welcome newcomers"
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
      </CardBody>
    </Card>
  );
}
