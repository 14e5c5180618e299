import type { ImportJob } from "@hustings/contracts/imports";
import { Button } from "@hustings/ui/button";
import { Card, CardBody, CardHeader } from "@hustings/ui/card";
import { formatCountOf } from "@hustings/ui/count";
import { CircleStop } from "lucide-react";
import { useRouter } from "next/router";
import { useNotAllowedReason } from "~/client/role";
import { useStoredSetting } from "~/client/stored-setting";
import { trpc } from "~/client/trpc";
import { useWorkspacePath } from "~/client/workspace";
import { Link } from "~/components/link";
import { QueryError } from "~/components/query-error";
import { draftKey, type ImportDraft, toImportOptions } from "../draft";
import { columnsPath, runPath } from "../import-places";
import { countOutcomes } from "./outcomes";
import { keptWords } from "./run-words";

/** While it runs: what stopping keeps. */
export function StopCard({ job }: { job: ImportJob }) {
  const utils = trpc.useUtils();
  const offReason = useNotAllowedReason("member", "stop imports");
  const cancel = trpc.imports.cancel.useMutation({
    onSuccess: (stopped) => utils.imports.get.setData({ jobId: job.jobId }, stopped),
  });
  return (
    <Card>
      <CardHeader title="Stop here?" />
      <CardBody>
        <p className="mb-3 text-sm text-muted-foreground">
          {job.dryRun ? "Nothing is saved by a trial." : `${keptWords(job)} The rest of the file is not read.`}
        </p>
        <Button
          icon={<CircleStop aria-hidden />}
          isBusy={cancel.isPending}
          offReason={offReason}
          onClick={() => cancel.mutate({ jobId: job.jobId })}
        >
          Stop after this batch
        </Button>
        {cancel.error && <QueryError title="It was not stopped." error={cancel.error} className="mt-3" />}
      </CardBody>
    </Card>
  );
}

/** After a trial: bring them in, or change the columns. */
export function BringInCard({ job }: { job: ImportJob }) {
  const { uploadId } = job;
  if (!uploadId)
    return (
      <Card>
        <CardBody className="text-sm text-muted-foreground">
          The file is not here any more. Bring it again to import it.
        </CardBody>
      </Card>
    );
  return <BringIn job={job} uploadId={uploadId} />;
}

function BringIn({ job, uploadId }: { job: ImportJob; uploadId: string }) {
  const router = useRouter();
  const toPath = useWorkspacePath();
  const [draft, keep] = useStoredSetting<ImportDraft | null>(draftKey(uploadId), null);
  const offReason = useNotAllowedReason("member", "bring people in");
  const start = trpc.imports.start.useMutation({
    onSuccess: async ({ jobId }) => {
      await router.push(toPath(runPath(jobId)));
      keep(null);
    },
  });
  const { created, updated } = countOutcomes(job);
  const nobody = created + updated === 0 && "Nobody would be new or changed";
  // A trial from another browser, or one that was brought in already: the choices must be made again here.
  const missing = !draft && "This browser does not know the choices any more. Look at the columns once more";
  return (
    <Card>
      <CardHeader title="Bring them in?" />
      <CardBody className="grid justify-items-start gap-3">
        <p className="text-sm text-muted-foreground">
          {formatCountOf(created, "new person", "new people")}
          {updated > 0 &&
            `, and ${formatCountOf(updated, "update", "updates")} of people who are known or stand earlier in the file`}
          . No email is sent.
        </p>
        <Button
          variant="primary"
          isBusy={start.isPending}
          offReason={offReason || nobody || missing}
          onClick={() =>
            draft && start.mutate({ ...toImportOptions(uploadId, Object.keys(draft.targets), draft), dryRun: false })
          }
        >
          {created > 0
            ? `Bring in ${formatCountOf(created, "person", "people")}`
            : `Make ${formatCountOf(updated, "update")}`}
        </Button>
        <Link href={toPath(columnsPath(uploadId))} className="link text-sm">
          Change the columns
        </Link>
        {start.error && <QueryError title="The import did not start." error={start.error} />}
      </CardBody>
    </Card>
  );
}

/** After an import: where the people are. */
export function DoneCard() {
  const toPath = useWorkspacePath();
  return (
    <Card>
      <CardHeader title="What next?" />
      <CardBody className="grid justify-items-start gap-3">
        <Button asChild variant="primary">
          <Link href={toPath("/contacts")}>See the people</Link>
        </Button>
        <Link href={toPath("/contacts/import")} className="link text-sm">
          Import another file
        </Link>
      </CardBody>
    </Card>
  );
}
