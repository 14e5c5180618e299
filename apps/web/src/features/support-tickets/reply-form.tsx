import { createTicketReplyInput } from "@hustings/contracts/support-tickets";
import { Button } from "@hustings/ui/button";
import { formatCountOf } from "@hustings/ui/count";
import { Textarea } from "@hustings/ui/textarea";
import { notifyDone } from "@hustings/ui/toast";
import { FlaskConical, Send } from "lucide-react";
import { trpc } from "~/client/trpc";
import { useIsSandbox } from "~/client/workspace";
import { FormError } from "~/components/form/form-error";
import { FormField } from "~/components/form/form-field";
import { useContractForm } from "~/components/form/use-contract-form";

type ReplyFormProps = { ticketId: string; followerCount: number };

/** Replies to a ticket. Its button says how many people get email of it. */
export function ReplyForm({ ticketId, followerCount }: ReplyFormProps) {
  const isSandbox = useIsSandbox();
  const utils = trpc.useUtils();
  const reply = trpc.supportTickets.reply.useMutation();
  const { form, submit, isBusy, formError } = useContractForm({
    contract: createTicketReplyInput,
    defaultValues: { id: ticketId, body: "" },
    onSubmit: async (values) => {
      await reply.mutateAsync(values);
      form.reset({ id: ticketId, body: "" });
      await utils.supportTickets.invalidate();
      notifyDone("Posted your reply");
    },
  });
  return (
    <form onSubmit={submit} noValidate aria-label="Reply" className="grid gap-3">
      <FormField
        control={form.control}
        name="body"
        label="Reply"
        hint="Plain text, for everybody who works here. You follow the ticket from then on."
      >
        {(field) => <Textarea {...field} />}
      </FormField>
      <FormError error={formError} title="Your reply was not posted." />
      <div>
        {followerCount === 0 ? (
          <Button variant="primary" type="submit" isBusy={isBusy}>
            Post the reply
          </Button>
        ) : (
          <Button
            variant={isSandbox ? "sandbox" : "send"}
            type="submit"
            icon={isSandbox ? <FlaskConical aria-hidden /> : <Send aria-hidden />}
            isBusy={isBusy}
          >
            Post and email {formatCountOf(followerCount, "person", "people")}
            {isSandbox && ", to the sandbox"}
          </Button>
        )}
      </div>
    </form>
  );
}
