import { type Workspace, workspaceSender } from "@hustings/contracts/workspaces";
import { Button } from "@hustings/ui/button";
import { Card, CardBody } from "@hustings/ui/card";
import { Checkbox } from "@hustings/ui/checkbox";
import { Combobox } from "@hustings/ui/combobox";
import { Hint } from "@hustings/ui/field";
import { Input } from "@hustings/ui/input";
import { NotAllowed } from "@hustings/ui/not-allowed";
import { Note } from "@hustings/ui/note";
import { notifyDone, notifyFailed } from "@hustings/ui/toast";
import { readCallError } from "~/client/errors";
import { useNotAllowedReason } from "~/client/role";
import { listTimeZones, nameTimeZone } from "~/client/time-zones";
import { trpc } from "~/client/trpc";
import { useIsSandbox, useWorkspace } from "~/client/workspace";
import { FormError } from "~/components/form/form-error";
import { FormField } from "~/components/form/form-field";
import { useContractForm } from "~/components/form/use-contract-form";
import { SettingsScreen } from "~/components/settings-screen";

/** Who this workspace's campaigns come from, where answers go, and the postal address under each of them. */
export function SenderScreen() {
  const workspace = useWorkspace();
  const offReason = useNotAllowedReason("admin", "say who campaigns come from");
  return (
    <SettingsScreen title="Sender">
      {offReason ? (
        <NotAllowed>{offReason}</NotAllowed>
      ) : (
        <div className="grid max-w-2xl gap-4">
          <SenderForm workspace={workspace} />
          <WhoSends workspace={workspace} />
        </div>
      )}
    </SettingsScreen>
  );
}

function SenderForm({ workspace }: { workspace: Workspace }) {
  const utils = trpc.useUtils();
  const update = trpc.workspaces.update.useMutation();
  const { senderName, senderEmail, replyTo, timeZone, postalAddress } = workspace;
  const isComplete = [senderName, senderEmail, replyTo, timeZone, postalAddress].every((part) => part !== null);
  const { form, submit, isBusy, formError } = useContractForm({
    contract: workspaceSender,
    defaultValues: {
      senderName,
      senderEmail,
      replyTo,
      timeZone: timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
      postalAddress,
    },
    onSubmit: async (values) => {
      const saved = await update.mutateAsync({ id: workspace.id, ...values });
      form.reset({
        senderName: saved.senderName,
        senderEmail: saved.senderEmail,
        replyTo: saved.replyTo,
        timeZone: saved.timeZone,
        postalAddress: saved.postalAddress,
      });
      notifyDone("Saved the sender");
      await Promise.all([utils.session.invalidate(), utils.workspaces.invalidate()]);
    },
  });
  const { control } = form;
  return (
    <Card aria-label="Sender">
      <CardBody>
        <form onSubmit={submit} noValidate className="grid gap-3.5">
          {!isComplete && <WhatIsMissing />}
          <FormField control={control} name="senderName" label="Name" hint={`Left empty: ${workspace.name}.`}>
            {({ value, onChange, ...field }) => (
              <Input
                {...field}
                autoComplete="off"
                value={value ?? ""}
                onChange={(event) => onChange(event.target.value || null)}
              />
            )}
          </FormField>
          <FormField
            control={control}
            name="senderEmail"
            label="Address"
            hint="Of a domain that your provider may send for. A campaign can name another."
          >
            {(field) => <AddressInput {...field} />}
          </FormField>
          <FormField
            control={control}
            name="replyTo"
            label="Reply-to"
            hint="Where answers go. Somebody should read them."
          >
            {(field) => <AddressInput {...field} />}
          </FormField>
          <FormField control={control} name="timeZone" label="Time zone" hint="Where most of your people are.">
            {({ value, onChange }) => (
              <Combobox
                label="Time zone"
                value={value}
                valueLabel={value ? nameTimeZone(value) : ""}
                options={listTimeZones()}
                empty="There is no such time zone. Type a city."
                onValueChange={onChange}
              />
            )}
          </FormField>
          <FormField
            control={control}
            name="postalAddress"
            label="Postal address"
            hint="One line. The law asks for it under every campaign: it stands where the text says {{ postalAddress }}, else at the end."
          >
            {({ value, onChange, ...field }) => (
              <Input
                {...field}
                autoComplete="off"
                placeholder="Open Rivers, River Street 1, 1000 Ljubljana, Slovenia"
                value={value ?? ""}
                onChange={(event) => onChange(event.target.value || null)}
              />
            )}
          </FormField>
          <FormError error={formError} />
          <Button variant="primary" type="submit" isBusy={isBusy} className="justify-self-start">
            Save the sender
          </Button>
        </form>
      </CardBody>
    </Card>
  );
}

/** People send campaigns; scripts where it is allowed here. */
function WhoSends({ workspace }: { workspace: Workspace }) {
  const utils = trpc.useUtils();
  const update = trpc.workspaces.update.useMutation({
    onSuccess: async ({ scriptsMaySend }) => {
      notifyDone(scriptsMaySend ? "Scripts may send campaigns now" : "Scripts send nothing any more");
      await Promise.all([utils.session.invalidate(), utils.workspaces.invalidate()]);
    },
    onError: (error) => notifyFailed(`This was not changed. ${readCallError(error).message}`),
  });
  return (
    <Card aria-label="Who sends">
      <CardBody>
        <Checkbox
          checked={workspace.scriptsMaySend}
          disabled={update.isPending}
          onChange={(event) => update.mutate({ id: workspace.id, scriptsMaySend: event.target.checked })}
        >
          Scripts may send campaigns
        </Checkbox>
        <Hint>
          Otherwise they write drafts, and a person looks at them first. A script has the rights of its editor.
        </Hint>
      </CardBody>
    </Card>
  );
}

type AddressInputProps = { value: string | null; onChange: (value: string | null) => void };

function AddressInput({ value, onChange, ...field }: AddressInputProps) {
  return (
    <Input
      {...field}
      type="email"
      autoComplete="off"
      spellCheck={false}
      value={value ?? ""}
      onChange={(event) => onChange(event.target.value || null)}
    />
  );
}

function WhatIsMissing() {
  return (
    <Note tone="look">
      {useIsSandbox()
        ? "The sandbox sends without these. Real people get nothing until all five are filled in."
        : "Nothing is sent from here until all five are filled in."}
    </Note>
  );
}
