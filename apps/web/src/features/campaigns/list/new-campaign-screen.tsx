import { createCampaignInput } from "@hustings/contracts/campaigns";
import { Button } from "@hustings/ui/button";
import { Card, CardBody } from "@hustings/ui/card";
import { Input } from "@hustings/ui/input";
import { NotAllowed } from "@hustings/ui/not-allowed";
import { PageHeader } from "@hustings/ui/page-header";
import { ArrowRight } from "lucide-react";
import { useRouter } from "next/router";
import { useNotAllowedReason } from "~/client/role";
import { trpc } from "~/client/trpc";
import { useWorkspacePath } from "~/client/workspace";
import { FormError } from "~/components/form/form-error";
import { FormField } from "~/components/form/form-field";
import { useContractForm } from "~/components/form/use-contract-form";
import { Screen } from "~/components/frame/screen";

/** A start that passes every check: a greeting with a fallback, and a way to say no. */
const STARTER = `<p>Dear {{ contact.firstName | default: "friend" }},</p>

<p></p>

<p>{{ workspace.name }}</p>

<p><a href="{{ unsubscribeUrl }}">Unsubscribe</a></p>
`;

/** Asks for what a draft needs to exist; everything else is written in the editor. */
export function NewCampaignScreen() {
  const refusal = useNotAllowedReason("admin", "write and send campaigns");
  return (
    <Screen title="New campaign" crumbs={[{ label: "Campaigns", path: "/campaigns" }]}>
      <PageHeader title="New campaign" lede="A draft. Nothing leaves before you have seen who gets it." />
      {refusal ? <NotAllowed className="max-w-xl">{refusal}</NotAllowed> : <NewCampaignForm />}
    </Screen>
  );
}

function NewCampaignForm() {
  const router = useRouter();
  const toPath = useWorkspacePath();
  const utils = trpc.useUtils();
  const create = trpc.campaigns.create.useMutation();
  const { form, submit, isBusy, formError } = useContractForm({
    contract: createCampaignInput,
    defaultValues: { name: "", subject: "", body: STARTER },
    onSubmit: async (values) => {
      const campaign = await create.mutateAsync(values);
      utils.campaigns.get.setData({ id: campaign.id }, campaign);
      void utils.campaigns.list.invalidate();
      await router.replace(toPath(`/campaigns/${campaign.id}`));
    },
  });
  return (
    <Card className="max-w-xl">
      <CardBody>
        <form onSubmit={submit} noValidate className="grid gap-3.5">
          <FormField
            control={form.control}
            name="name"
            label="Name"
            isRequired
            hint="For you and your colleagues; recipients never see it."
          >
            {(field) => <Input autoComplete="off" {...field} />}
          </FormField>
          <FormField
            control={form.control}
            name="subject"
            label="Subject"
            isRequired
            hint="The first thing people read. You can change it at any time."
          >
            {(field) => <Input autoComplete="off" {...field} />}
          </FormField>
          <FormError error={formError} />
          <div>
            <Button variant="primary" type="submit" isBusy={isBusy} trailing={<ArrowRight aria-hidden />}>
              Write it
            </Button>
          </div>
        </form>
      </CardBody>
    </Card>
  );
}
