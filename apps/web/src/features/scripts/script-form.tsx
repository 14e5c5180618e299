import { createScriptInput, type Script } from "@hustings/contracts/scripts";
import { Button } from "@hustings/ui/button";
import { Card, CardBody } from "@hustings/ui/card";
import { Input } from "@hustings/ui/input";
import { notifyDone } from "@hustings/ui/toast";
import { useRouter } from "next/router";
import { type RefObject, useEffect } from "react";
import { trpc } from "~/client/trpc";
import { useWarningBeforeLeaving } from "~/client/warn-before-leaving";
import { useWorkspacePath } from "~/client/workspace";
import type { LineMark } from "~/components/code-editor/line-marks";
import { FormError } from "~/components/form/form-error";
import { FormField } from "~/components/form/form-field";
import { useContractForm } from "~/components/form/use-contract-form";
import { CodeField } from "./code-field";
import { DeleteScript } from "./delete-script";
import type { CodeEditorHandle } from "./editor/code-editor";
import { ScheduleField } from "./schedule-field";

const FIRST_LINES = `// Counts people by language.
const byLanguage = {};
for await (const contact of crm.contacts.iterate()) {
  const language = contact.language ?? "unknown";
  byLanguage[language] = (byLanguage[language] ?? 0) + 1;
}
log("counted", byLanguage);
return byLanguage;
`;

const FORM_ID = "script-form";

export type ScriptFormProps = {
  script: Script | null;
  code: RefObject<CodeEditorHandle | null>;
  failedLine: LineMark | null;
  onDirtyChange: (isDirty: boolean) => void;
};

/** Writes a script: name, code, schedule. */
export function ScriptForm({ script, code, failedLine, onDirtyChange }: ScriptFormProps) {
  const router = useRouter();
  const toPath = useWorkspacePath();
  const utils = trpc.useUtils();
  const create = trpc.scripts.create.useMutation();
  const update = trpc.scripts.update.useMutation();
  const { form, submit, isBusy, formError } = useContractForm({
    contract: createScriptInput,
    defaultValues: {
      name: script?.name ?? "",
      description: script?.description ?? "",
      code: script?.code ?? FIRST_LINES,
      cronSchedule: script?.cronSchedule ?? "",
      enabled: script?.enabled ?? true,
    },
    onSubmit: async ({ description, cronSchedule, ...rest }) => {
      const values = { ...rest, description: description?.trim() || null, cronSchedule: cronSchedule || null };
      const saved = script ? await update.mutateAsync({ id: script.id, ...values }) : await create.mutateAsync(values);
      await utils.scripts.invalidate();
      notifyDone(`Saved the script ${saved.name}`);
      if (script) form.reset(form.getValues());
      else await router.push(toPath(`/scripts/${saved.id}`));
    },
  });
  const { isDirty } = form.formState;
  useEffect(() => onDirtyChange(isDirty), [isDirty, onDirtyChange]);
  useWarningBeforeLeaving(isDirty);
  return (
    <Card>
      <CardBody>
        <form id={FORM_ID} onSubmit={submit} noValidate className="grid grid-cols-1 gap-4">
          <div className="grid gap-3.5 md:grid-cols-2">
            <FormField control={form.control} name="name" label="Name" isRequired>
              {(field) => <Input autoComplete="off" {...field} />}
            </FormField>
            <FormField control={form.control} name="description" label="What it does" isOptional>
              {(field) => <Input autoComplete="off" {...field} value={field.value ?? ""} />}
            </FormField>
          </div>
          <CodeField form={form} script={script} code={code} failedLine={failedLine} onSave={() => void submit()} />
          <ScheduleField form={form} />
          <FormError error={formError} />
        </form>
        <div className="mt-3.5 flex flex-wrap items-center gap-2">
          <Button variant="primary" type="submit" form={FORM_ID} isBusy={isBusy}>
            Save the script
          </Button>
          {script && <DeleteScript script={script} />}
        </div>
      </CardBody>
    </Card>
  );
}
