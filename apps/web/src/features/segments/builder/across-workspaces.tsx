import { Checkbox } from "@hustings/ui/checkbox";
import { useSession, useWorkspace } from "~/client/workspace";
import type { Draft } from "./draft";

/** Whether the segment looks beyond its workspace: for global admins in the global workspace, and where it does already. */
export function AcrossWorkspaces({ draft, onChange }: { draft: Draft; onChange: (part: Partial<Draft>) => void }) {
  const { isGlobalAdmin } = useSession();
  const { isGlobal } = useWorkspace();
  if (!(isGlobalAdmin && isGlobal) && !draft.crossWorkspace) return null;
  return (
    <Checkbox
      className="mt-3"
      checked={draft.crossWorkspace}
      onChange={(event) => onChange({ crossWorkspace: event.target.checked })}
    >
      Across all workspaces
    </Checkbox>
  );
}
