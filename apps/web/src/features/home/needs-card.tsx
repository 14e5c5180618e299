import { Button } from "@hustings/ui/button";
import { Card, CardBody, CardHeader } from "@hustings/ui/card";
import { cn } from "@hustings/ui/class-names";
import { SkeletonRows } from "@hustings/ui/skeleton";
import { StatusPill } from "@hustings/ui/status";
import { TONE_TEXT } from "@hustings/ui/tone";
import { useWorkspacePath } from "~/client/workspace";
import { Link } from "~/components/link";
import type { Need } from "./use-needs";

/** What waits for somebody, each with where to look. */
export function NeedsCard({ needs }: { needs: readonly Need[] | undefined }) {
  const toPath = useWorkspacePath();
  const urgent = needs?.filter((need) => need.tone === "bad").length ?? 0;
  return (
    <Card>
      <CardHeader title="Needs you">{urgent > 0 && <StatusPill tone="bad">{urgent} urgent</StatusPill>}</CardHeader>
      {!needs && <SkeletonRows rows={2} label="Loading what needs you" />}
      {needs?.length === 0 && (
        <CardBody className="text-muted-foreground">Nothing. Sends, imports and addresses are all in order.</CardBody>
      )}
      <ul>
        {needs?.map((need) => (
          <li
            key={need.key}
            className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-border px-4 py-2.5 last:border-b-0"
          >
            <need.icon aria-hidden className={cn("size-5 self-start", TONE_TEXT[need.tone])} />
            <div className="min-w-0 flex-1 basis-48">
              <h3 className="wrap-anywhere">{need.title}</h3>
              <p className="text-sm text-muted-foreground wrap-anywhere">{need.detail}</p>
            </div>
            {need.action && (
              <Button asChild size="sm">
                <Link href={toPath(need.action.path)}>{need.action.label}</Link>
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
