import { Card, CardBody } from "@hustings/ui/card";
import { Field } from "@hustings/ui/field";
import { Input } from "@hustings/ui/input";
import type { ReactNode } from "react";
import { toFieldSentence } from "~/client/errors";
import type { SaveRefusal } from "./save-refusal";
import type { Words } from "./sentence";

type Named = { name: string; description: string };

/** What a segment or a rule says, as a sentence, and what it is called. `children`: what else there is to choose. */
export function NameCard({
  draft,
  sentence,
  refusal,
  placeholder,
  onChange,
  children,
}: {
  draft: Named;
  sentence: readonly Words[];
  refusal: SaveRefusal | null;
  /** A name that somebody could give. */
  placeholder: string;
  onChange: (part: Partial<Named>) => void;
  children?: ReactNode;
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
              placeholder={placeholder}
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
        {children}
      </CardBody>
    </Card>
  );
}
