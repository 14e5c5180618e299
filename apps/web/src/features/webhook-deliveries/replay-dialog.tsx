import type { ReplayableOutcome } from "@hustings/contracts/webhook-deliveries";
import { Button } from "@hustings/ui/button";
import { formatCount } from "@hustings/ui/count";
import { Dialog } from "@hustings/ui/dialog";
import { Field } from "@hustings/ui/field";
import { RadioGroup } from "@hustings/ui/radio";
import { Select } from "@hustings/ui/select";
import { notifyDone } from "@hustings/ui/toast";
import { useState } from "react";
import { trpc } from "~/client/trpc";
import { QueryError } from "~/components/query-error";
import { SPANS, type Span } from "./use-deliveries";

const BOTH: ReplayableOutcome[] = ["unmatched", "failed"];

/** Tries everything of a span of time again that could not be used when it came. */
export function ReplayDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const [which, setWhich] = useState<"both" | ReplayableOutcome>("both");
  const [span, setSpan] = useState<Span>("day");
  const utils = trpc.useUtils();
  const replay = trpc.webhookDeliveries.replaySpan.useMutation({
    onSuccess: async ({ requested }) => {
      onClose();
      notifyDone(
        requested === 0
          ? "There was nothing to try again"
          : requested === 1
            ? "1 delivery is tried again"
            : `${formatCount(requested)} deliveries are tried again`,
      );
      await utils.webhookDeliveries.invalidate();
    },
  });
  const start = () => {
    const now = Date.now();
    replay.mutate({
      outcomes: which === "both" ? BOTH : [which],
      from: new Date(now - SPANS[span].ms).toISOString(),
      to: new Date(now).toISOString(),
    });
  };
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      title="Try deliveries again"
      description="Each counts once, however often it is tried. Nobody is mailed."
      footer={
        <>
          <Button variant="primary" isBusy={replay.isPending} onClick={start}>
            Try again
          </Button>
          <Button variant="quiet" onClick={onClose}>
            Do nothing
          </Button>
        </>
      }
    >
      <div className="grid gap-3.5">
        <RadioGroup
          label="Which"
          value={which}
          onValueChange={setWhich}
          options={[
            { value: "both", label: "All that could not be used" },
            { value: "failed", label: "Only what failed" },
            { value: "unmatched", label: "Only what found no message" },
          ]}
        />
        <Field label="Received in">
          <Select
            value={span}
            onValueChange={setSpan}
            options={Object.entries(SPANS).map(([value, { label }]) => ({ value: value as Span, label }))}
          />
        </Field>
      </div>
      {replay.error && <QueryError title="They were not tried again." error={replay.error} className="mt-3" />}
    </Dialog>
  );
}
