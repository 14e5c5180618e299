import { Menu, MenuAnchor, MenuContent, MenuLabel, MenuRadioGroup, MenuRadioItem } from "@hustings/ui/menu";
import { useRouter } from "next/router";
import type { RefObject } from "react";
import { useSession, useWorkspace } from "~/client/workspace";

/** A menu whose button stands outside of it; see `MenuAnchor`. */
export type DetachedMenuProps = {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  trigger: RefObject<HTMLElement | null>;
};

export function WorkspaceMenu({ isOpen, onOpenChange, trigger }: DetachedMenuProps) {
  const router = useRouter();
  const { workspaces } = useSession();
  const current = useWorkspace();
  return (
    <Menu open={isOpen} onOpenChange={onOpenChange}>
      <MenuAnchor label="Workspaces" />
      <MenuContent
        className="w-64"
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          trigger.current?.focus();
        }}
      >
        <MenuLabel>Workspaces</MenuLabel>
        <MenuRadioGroup value={current.slug} onValueChange={(slug) => void router.push(`/w/${slug}`)}>
          {workspaces.map((workspace) => (
            <MenuRadioItem key={workspace.id} value={workspace.slug}>
              <span className="min-w-0 flex-1 truncate">{workspace.name}</span>
              <span className="text-xs text-muted-foreground">{workspace.role}</span>
            </MenuRadioItem>
          ))}
        </MenuRadioGroup>
      </MenuContent>
    </Menu>
  );
}
