import { Button } from "@hustings/ui/button";
import { EmptyState } from "@hustings/ui/empty-state";
import { Mark } from "@hustings/ui/mark";
import { Link } from "~/components/link";
import { QueryError } from "~/components/query-error";

/** While the first answer is under way: the frame's ground, nothing that could jump. */
export function WorkspacePending() {
  return (
    <div role="status" className="grid h-dvh place-items-center">
      <span className="appear-late">
        <Mark className="size-10" />
        <span className="sr-only">Opening the workspace</span>
      </span>
    </div>
  );
}

export function WorkspaceUnreachable({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <main className="mx-auto grid h-dvh max-w-md content-center gap-4 px-4">
      <Mark className="size-10" />
      <QueryError title="The workspace did not open." error={error} onRetry={onRetry} />
    </main>
  );
}

/** No such workspace, or none for this person: the same answer for both, as the server gives it. */
export function WorkspaceMissing({ slug }: { slug: string }) {
  return (
    <main className="grid h-dvh content-center">
      <EmptyState
        level={1}
        title={`There is no workspace “${slug}” for you`}
        actions={
          <Button asChild variant="primary">
            <Link href="/">Go to your workspaces</Link>
          </Button>
        }
      >
        It may have another address now, or you are not a member. Ask an admin to add you.
      </EmptyState>
    </main>
  );
}
