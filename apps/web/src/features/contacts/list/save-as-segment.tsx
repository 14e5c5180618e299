import { Button } from "@hustings/ui/button";
import { Bookmark } from "lucide-react";
import { useNotAllowedReason } from "~/client/role";
import { useWorkspacePath } from "~/client/workspace";
import { Link } from "~/components/link";

/** Leads from a tag that the list is narrowed to into a segment that asks for it. */
export function SaveAsSegment({ tagId }: { tagId: string }) {
  const toPath = useWorkspacePath();
  const offReason = useNotAllowedReason("admin", "save segments");
  const icon = <Bookmark aria-hidden />;
  if (offReason)
    return (
      <Button variant="quiet" icon={icon} offReason={offReason}>
        Save as segment
      </Button>
    );
  return (
    <Button asChild variant="quiet" icon={icon}>
      <Link href={toPath(`/segments/new?tag=${tagId}`)}>Save as segment</Link>
    </Button>
  );
}
