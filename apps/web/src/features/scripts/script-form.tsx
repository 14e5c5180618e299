import { createScriptInput, type Script } from "@hustings/contracts/scripts";
import { Button } from "@hustings/ui/button";
import { Card, CardBody } from "@hustings/ui/card";
import { Checkbox } from "@hustings/ui/checkbox";
import { ConfirmDialog } from "@hustings/ui/confirm-dialog";
import { Input } from "@hustings/ui/input";
import { Textarea } from "@hustings/ui/textarea";
import { notifyDone } from "@hustings/ui/toast";
import { useRouter } from "next/router";
import { useState } from "react";
import { trpc } from "~/client/trpc";
import { useWorkspacePath } from "~/client/workspace";
import { FormError } from "~/components/form/form-error";
import { FormField } from "~/components/form/form-field";
import { useContractForm } from "~/components/form/use-contract-form";
import { QueryError } from "~/components/query-error";

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

/** Writes a script: name, code, schedule. */
export function ScriptForm({ script }: { script: Script | null }) {
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
  return (
    <Card>
      <CardBody>
        <form id={FORM_ID} onSubmit={submit} noValidate className="grid gap-3.5">
          <div className="grid gap-3.5 md:grid-cols-2">
            <FormField control={form.control} name="name" label="Name" isRequired>
              {(field) => <Input autoComplete="off" {...field} />}
            </FormField>
            <FormField control={form.control} name="description" label="What it does" isOptional>
              {(field) => <Input autoComplete="off" {...field} value={field.value ?? ""} />}
            </FormField>
          </div>
          <FormField
            control={form.control}
            name="code"
            label="Code"
            hint={`JavaScript: crm, log, input, sleep, and await everywhere. It has the rights of ${whoseRights(script)}.`}
          >
            {(field) => (
              <Textarea
                {...field}
                spellCheck={false}
                autoCapitalize="off"
                wrap="off"
                className="min-h-80 overflow-x-auto font-mono text-[13px] leading-5"
              />
            )}
          </FormField>
          <FormField
            control={form.control}
            name="cronSchedule"
            label="Schedule"
            isOptional
            hint="Minute, hour, day, month, day of the week: 0 9 * * 1 is Mondays at nine, in UTC. Another zone stands before it: TZ=Europe/Paris 0 9 * * 1."
          >
            {(field) => <Input autoComplete="off" className="font-mono" {...field} value={field.value ?? ""} />}
          </FormField>
          <Checkbox
            checked={form.watch("enabled") ?? true}
            onChange={(event) => form.setValue("enabled", event.target.checked, { shouldDirty: true })}
          >
            Run it by its schedule
          </Checkbox>
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

const whoseRights = (script: Script | null): string =>
  script?.lastEditedBy ? `${script.lastEditedBy.name}, who saved it last` : "whoever saves it";

function DeleteScript({ script }: { script: Script }) {
  const router = useRouter();
  const toPath = useWorkspacePath();
  const utils = trpc.useUtils();
  const [isOpen, setIsOpen] = useState(false);
  const remove = trpc.scripts.delete.useMutation({
    onSuccess: async () => {
      await router.push(toPath("/scripts"));
      await utils.scripts.invalidate();
      notifyDone(`Deleted the script ${script.name}`);
    },
  });
  return (
    <>
      <Button variant="quiet" onClick={() => setIsOpen(true)}>
        Delete…
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        onOpenChange={setIsOpen}
        title={`Delete the script “${script.name}”?`}
        confirmLabel="Delete the script"
        keepLabel="Keep it"
        isBusy={remove.isPending}
        error={remove.error && <QueryError title="The script was not deleted." error={remove.error} />}
        onConfirm={() => remove.mutate({ id: script.id })}
      >
        Its code and the history of its runs go. What it has changed stays.
      </ConfirmDialog>
    </>
  );
}
