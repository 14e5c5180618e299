import { Avatar } from "@hustings/ui/avatar";
import { IconButton } from "@hustings/ui/button";
import { Keyboard } from "lucide-react";
import dynamic from "next/dynamic";
import { useRef, useState } from "react";
import { useSession, useWorkspace } from "~/client/workspace";
import { useFrame } from "./frame-context";

const load = () => import("./person-menu").then((module) => module.PersonMenu);
const PersonMenu = dynamic(load, { ssr: false });

const ROLE_WORDS = { admin: "Admin", member: "Member", viewer: "Viewer" };

/** Who is signed in and as what, at the foot of the rail. */
export function PersonBlock() {
  const { user, isGlobalAdmin } = useSession();
  const { role } = useWorkspace();
  const { openKeys } = useFrame();
  const trigger = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [isWanted, setWanted] = useState(false);
  return (
    <div className="mt-auto flex items-center gap-1 pt-2 max-xl:flex-col">
      <div className="relative min-w-0 flex-1">
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
          className="flex w-full items-center gap-[9px] rounded-md p-2 text-left text-sm hover:bg-hover"
        >
          <Avatar name={user.name} />
          <span className="min-w-0 flex-1 max-xl:sr-only">
            <span className="block truncate">{user.name}</span>
            <span className="block truncate text-xs text-muted-foreground">
              {isGlobalAdmin ? "Global admin" : ROLE_WORDS[role]}
            </span>
          </span>
        </button>
        {isWanted && <PersonMenu isOpen={isOpen} onOpenChange={setOpen} trigger={trigger} />}
      </div>
      <IconButton label="Keyboard shortcuts" size="sm" icon={<Keyboard aria-hidden />} onClick={openKeys} />
    </div>
  );
}
