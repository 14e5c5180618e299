import type { FormDetails } from "@hustings/contracts/forms";
import { Button } from "@hustings/ui/button";
import { formatCountOf } from "@hustings/ui/count";
import { NotAllowed } from "@hustings/ui/not-allowed";
import { Note } from "@hustings/ui/note";
import { PageHeader } from "@hustings/ui/page-header";
import { SkeletonRows } from "@hustings/ui/skeleton";
import { RelativeTime } from "@hustings/ui/time";
import { notifyDone } from "@hustings/ui/toast";
import { useState } from "react";
import { trpc } from "~/client/trpc";
import { useSession, useWorkspacePath } from "~/client/workspace";
import { Screen } from "~/components/frame/screen";
import { Link } from "~/components/link";
import { QueryError } from "~/components/query-error";
import { RecordError } from "~/components/record-error";
import { findObstacle, hasAddress, toDraft, toUpdate } from "./mapping";
import { PersonPreview } from "./person-preview";
import { QuestionsCard } from "./questions-card";

const CRUMBS = [
  { label: "Settings", path: "/settings" },
  { label: "Forms", path: "/settings/forms" },
];

/** What each question of a form becomes, with its last submission as the example. */
export function FormScreen({ id }: { id: string }) {
  const { isGlobalAdmin } = useSession();
  const query = trpc.forms.get.useQuery({ id }, { enabled: isGlobalAdmin });
  if (!isGlobalAdmin)
    return (
      <Screen title="Form" crumbs={CRUMBS}>
        <NotAllowed>Global admins say where the answers of forms go.</NotAllowed>
      </Screen>
    );
  const form = query.data;
  return (
    <Screen title={form?.name ?? "Form"} crumbs={CRUMBS}>
      {query.error && !form && <RecordError noun="form" error={query.error} onRetry={() => void query.refetch()} />}
      {form ? <Mapping form={form} /> : !query.error && <SkeletonRows rows={8} label="Loading the form" />}
    </Screen>
  );
}

function Mapping({ form }: { form: FormDetails }) {
  const [draft, setDraft] = useState(() => toDraft(form));
  return (
    <>
      <PageHeader
        title={form.name}
        lede={
          <>
            Last filled in <RelativeTime at={form.lastReceivedAt} isInSentence />.{" "}
            {formatCountOf(form.submissions, "submission")} so far {form.submissions === 1 ? "stands" : "stand"} with a
            person. {form.isMapped ? "Its answers go where somebody said." : "Where its answers go is guessed so far."}
          </>
        }
      />
      <div className="grid grid-cols-[minmax(0,1fr)_minmax(280px,340px)] items-start gap-4 max-[1100px]:grid-cols-1">
        <QuestionsCard
          form={form}
          draft={draft}
          onTargetChange={(key, target) => setDraft({ ...draft, [key]: target })}
        />
        <div className="grid gap-4">
          <PersonPreview form={form} draft={draft} />
          {!hasAddress(draft) && (
            <Note tone="look">
              No question becomes the email. A submission without an address makes nobody: it waits under Deliveries.
            </Note>
          )}
          <Note tone="info">
            What you save holds from the next submission on. Empty answers change nothing, and a form never
            re-subscribes anybody.
          </Note>
        </div>
      </div>
      <Saving form={form} draft={draft} onSaved={(saved) => setDraft(toDraft(saved))} />
    </>
  );
}

type SavingProps = { form: FormDetails; draft: ReturnType<typeof toDraft>; onSaved: (form: FormDetails) => void };

function Saving({ form, draft, onSaved }: SavingProps) {
  const utils = trpc.useUtils();
  const toPath = useWorkspacePath();
  const save = trpc.forms.update.useMutation({
    onSuccess: async (saved) => {
      utils.forms.get.setData({ id: form.id }, saved);
      onSaved(saved);
      await Promise.all([utils.forms.list.invalidate(), utils.fields.invalidate()]);
    },
  });
  const keep = () =>
    save.mutate(toUpdate(form.id, draft), { onSuccess: () => notifyDone(`Saved where answers of ${form.name} go`) });
  const guessAgain = () =>
    save.mutate({ id: form.id, mapping: {} }, { onSuccess: () => notifyDone("Answers go by their labels again") });
  return (
    <div className="mt-4 flex flex-wrap items-center gap-2">
      <Button variant="primary" isBusy={save.isPending} offReason={findObstacle(draft, form)} onClick={keep}>
        Save where answers go
      </Button>
      {form.isMapped && (
        <Button offReason={save.isPending && "Saving"} onClick={guessAgain}>
          Guess by the labels again
        </Button>
      )}
      {save.error && <QueryError title="It was not saved." error={save.error} className="basis-full" />}
      {save.isSuccess && !save.isPending && (
        <span className="text-sm text-muted-foreground">
          What failed before can be tried again under{" "}
          <Link href={toPath("/settings/deliveries?outcome=failed")} className="link">
            Deliveries
          </Link>
          .
        </span>
      )}
    </div>
  );
}
