import type { WebhookDeliveryDetails } from "@hustings/contracts/webhook-deliveries";
import { Button } from "@hustings/ui/button";
import { CopyIcon } from "@hustings/ui/copy-button";
import { formatCountOf } from "@hustings/ui/count";
import { Drawer } from "@hustings/ui/drawer";
import { SkeletonRows } from "@hustings/ui/skeleton";
import { RelativeTime } from "@hustings/ui/time";
import { notifyDone } from "@hustings/ui/toast";
import { RotateCw } from "lucide-react";
import type { ReactNode } from "react";
import { trpc } from "~/client/trpc";
import { useWorkspacePath } from "~/client/workspace";
import { Link } from "~/components/link";
import { QueryError } from "~/components/query-error";
import { ScrollBox } from "~/components/scroll-box";
import { OutcomePill } from "./delivery-columns";
import { isReplayable, outcomeSentence, typeWord } from "./delivery-words";

/** While it waits for its job. */
const POLL_MS = 1_000;

/** One delivery: what it was about, what became of it and why, and its body while that is kept. */
export function DeliveryDrawer({ id, isOpen, onClose }: { id: string; isOpen: boolean; onClose: () => void }) {
  const utils = trpc.useUtils();
  const query = trpc.webhookDeliveries.get.useQuery(
    { id },
    { refetchInterval: ({ state }) => (state.data?.outcome === "waiting" ? POLL_MS : false) },
  );
  const replay = trpc.webhookDeliveries.replay.useMutation({
    onSuccess: async () => {
      notifyDone("It waits to be tried again");
      await utils.webhookDeliveries.invalidate();
    },
  });
  const delivery = query.data;
  return (
    <Drawer
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      title={delivery ? typeWord(delivery.type) : "Delivery"}
      footer={
        delivery &&
        isReplayable(delivery.outcome) && (
          <Button
            variant="primary"
            icon={<RotateCw aria-hidden />}
            isBusy={replay.isPending}
            onClick={() => replay.mutate({ id })}
          >
            Try it again
          </Button>
        )
      }
    >
      {query.error && !delivery && (
        <QueryError title="The delivery did not load." error={query.error} onRetry={() => void query.refetch()} />
      )}
      {replay.error && <QueryError title="It was not tried again." error={replay.error} className="mb-3" />}
      {delivery ? <Delivery delivery={delivery} /> : !query.error && <SkeletonRows rows={6} label="Loading" />}
    </Drawer>
  );
}

function Delivery({ delivery }: { delivery: WebhookDeliveryDetails }) {
  const toPath = useWorkspacePath();
  const { error, recipient, contactId, campaign, form, repeats, body } = delivery;
  return (
    <>
      <OutcomePill delivery={delivery} />
      <p className="mt-2 text-sm">{outcomeSentence(delivery)}</p>
      {error && <p className="mt-2 rounded-md bg-danger-soft px-3 py-2 text-sm wrap-anywhere">{error}</p>}
      <dl className="mt-4 grid grid-cols-[104px_minmax(0,1fr)] gap-x-3 gap-y-1.5 text-sm">
        <Fact label="Person">
          {contactId ? (
            <Link href={toPath(`/contacts/${contactId}`)} className="link">
              {recipient}
            </Link>
          ) : (
            recipient
          )}
        </Fact>
        <Fact label="Campaign">
          {campaign && (
            <Link href={toPath(`/campaigns/${campaign.id}`)} className="link">
              {campaign.name}
            </Link>
          )}
        </Fact>
        <Fact label="Form">
          {form && (
            <Link href={toPath(`/settings/forms/${form.id}`)} className="link">
              {form.name}
            </Link>
          )}
        </Fact>
        <Fact label="By">{delivery.likelyMachine && "Probably a machine: counted apart from people"}</Fact>
        <Fact label="Received">
          <RelativeTime at={delivery.receivedAt} />
        </Fact>
        <Fact label="Came again">{repeats > 0 && formatCountOf(repeats, "time")}</Fact>
        <Fact label="Kind">{delivery.type}</Fact>
        <Fact label="Event">
          <Id text={delivery.id} label="Copy the event's id" />
        </Fact>
        <Fact label={delivery.provider === "tally" ? "Submission" : "Message"}>
          {delivery.messageId && (
            <Id
              text={delivery.messageId}
              label={delivery.provider === "tally" ? "Copy the submission's id" : "Copy the message's id"}
            />
          )}
        </Fact>
      </dl>
      {body && (
        <>
          <h3 className="mt-5 mb-1.5">As it came</h3>
          <ScrollBox label="Body" className="max-h-96 rounded-md border border-border bg-sunken">
            <pre className="p-3 font-mono text-xs">{JSON.stringify(body, null, 2)}</pre>
          </ScrollBox>
        </>
      )}
    </>
  );
}

/** A line that is left out where there is nothing to say. */
function Fact({ label, children }: { label: string; children: ReactNode }) {
  if (!children) return null;
  return (
    <>
      <dt className="text-muted-foreground">{label}</dt>
      <dd className="min-w-0 wrap-anywhere">{children}</dd>
    </>
  );
}

const Id = ({ text, label }: { text: string; label: string }) => (
  <span className="flex items-center gap-1">
    <span className="min-w-0 truncate font-mono">{text}</span>
    <CopyIcon text={text} label={label} />
  </span>
);
