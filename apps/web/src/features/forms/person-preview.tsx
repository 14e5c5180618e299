import type { FormDetails } from "@hustings/contracts/forms";
import { Avatar } from "@hustings/ui/avatar";
import { Card, CardBody, CardHeader } from "@hustings/ui/card";
import { targetLabel } from "../imports/columns/target-choice";
import type { FormDraft } from "./mapping";

/** The last submission as the person that it would make. */
export function PersonPreview({ form, draft }: { form: FormDetails; draft: FormDraft }) {
  const { name, facts } = readPerson(form, draft);
  return (
    <Card>
      <CardHeader title="The last one would make" />
      <CardBody>
        <p className="mb-2 flex items-center gap-2.5">
          <Avatar name={name} />
          <b className="wrap-anywhere">{name ?? "No name"}</b>
        </p>
        {facts.length === 0 && <p className="text-sm text-muted-foreground">Nothing else was answered.</p>}
        <dl className="grid gap-1 text-sm">
          {facts.map(({ label, value }) => (
            <div key={label} className="grid grid-cols-[104px_minmax(0,1fr)] gap-2">
              <dt className="text-muted-foreground">
                <span className="line-clamp-3 wrap-anywhere">{label}</span>
              </dt>
              <dd className="min-w-0">
                <span className="line-clamp-3 wrap-anywhere">{value}</span>
              </dd>
            </div>
          ))}
        </dl>
      </CardBody>
    </Card>
  );
}

/** Several questions with one target: the first that was answered counts. */
function readPerson({ questions, fields }: FormDetails, draft: FormDraft) {
  const values = new Map<string, string>();
  const parts: Partial<Record<string, string>> = {};
  for (const { key, answer } of questions) {
    const target = draft[key];
    const label = target && targetLabel(target, fields);
    if (!target || !label || answer.trim() === "") continue;
    if (target.kind === "core" && target.name.endsWith("Name")) parts[target.name] ??= answer.trim();
    else if (!values.has(label)) values.set(label, answer);
  }
  const given = [parts.firstName, parts.lastName].filter(Boolean).join(" ");
  return { name: given || parts.fullName || null, facts: [...values].map(([label, value]) => ({ label, value })) };
}
