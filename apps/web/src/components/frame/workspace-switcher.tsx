import { Mark } from "@hustings/ui/mark";
import { ChevronsUpDown } from "lucide-react";
import dynamic from "next/dynamic";
import { useRef, useState } from "react";
import { useWorkspace } from "~/client/workspace";

const load = () => import("./workspace-menu").then((module) => module.WorkspaceMenu);
const WorkspaceMenu = dynamic(load, { ssr: false });

/** Which workspace this is, and the way to the others. */
export function WorkspaceSwitcher() {
  const workspace = useWorkspace();
  const trigger = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [isWanted, setWanted] = useState(false);
  return (
    <div className="relative mb-2.5">
      <button
        ref={trigger}
        type="button"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onPointerEnter={() => void load()}
        onClick={() => {
          setWanted(true);
          setOpen(true);
        }}
        className="flex h-10 w-full items-center gap-[9px] rounded-md px-2 text-left hover:bg-hover max-xl:justify-center max-xl:px-0"
      >
        <Mark />
        <span className="min-w-0 flex-1 max-xl:sr-only">
          <b className="block truncate font-display text-base leading-[17px]">{workspace.name}</b>
          <span className="block truncate text-xs leading-[15px] text-muted-foreground">
            {workspace.isGlobal ? "The whole installation" : "Workspace"}
          </span>
        </span>
        <ChevronsUpDown aria-hidden className="size-3.5 max-xl:hidden" />
        <span className="sr-only">Switch workspace</span>
      </button>
      {isWanted && <WorkspaceMenu isOpen={isOpen} onOpenChange={setOpen} trigger={trigger} />}
    </div>
  );
}
