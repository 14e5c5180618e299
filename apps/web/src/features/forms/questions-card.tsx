import type { FormDetails, FormQuestion } from "@hustings/contracts/forms";
import { Card } from "@hustings/ui/card";
import { cn } from "@hustings/ui/class-names";
import { ArrowRight } from "lucide-react";
import { TargetChoice } from "../imports/columns/target-choice";
import type { ColumnTarget } from "../imports/draft";
import { FORM_FACTS, type FormDraft, questionName } from "./mapping";

const GRID = "grid-cols-[minmax(0,1.2fr)_20px_minmax(0,1fr)_96px] gap-x-4 md:grid";

type QuestionsCardProps = {
  form: FormDetails;
  draft: FormDraft;
  onTargetChange: (key: string, target: ColumnTarget) => void;
};

/** Every question with its last answer, and what it becomes. */
export function QuestionsCard({ form, draft, onTargetChange }: QuestionsCardProps) {
  return (
    <Card aria-label="Questions of the form">
      <div
        aria-hidden
        className={cn(
          GRID,
          "hidden border-b border-border-strong px-4 py-2 text-[12.5px] font-semibold text-muted-foreground",
        )}
      >
        <span>Question, with its last answer</span>
        <span />
        <span>Becomes</span>
        <span />
      </div>
      <ul>
        {form.questions.map((question) => (
          <li
            key={question.key}
            className={cn(GRID, "items-center border-t border-border px-4 py-2.5 first:border-t-0 max-md:py-3.5")}
          >
            <div className="min-w-0">
              <b className="block wrap-anywhere">{questionName(question)}</b>
              <span className="line-clamp-2 text-sm wrap-anywhere text-muted-foreground">{answerWords(question)}</span>
            </div>
            <ArrowRight aria-label="becomes" className="max-md:hidden" />
            <div className="min-w-0 max-md:my-2">
              <TargetChoice
                column={questionName(question)}
                target={draft[question.key] ?? { kind: "out" }}
                onTargetChange={(target) => onTargetChange(question.key, target)}
                fields={form.fields}
                guessedType={question.fieldType}
                facts={FORM_FACTS}
              />
            </div>
            <span className="text-sm text-muted-foreground max-md:hidden">{question.isMapped ? "" : "Guessed"}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function answerWords({ answer, type }: FormQuestion): string {
  if (type === "") return "Not in the last submission";
  return answer || "(no answer)";
}
