import {
  Menu,
  MenuAnchor,
  MenuContent,
  MenuItem,
  MenuLabel,
  MenuRadioGroup,
  MenuRadioItem,
  MenuSeparator,
} from "@hustings/ui/menu";
import { LogOut } from "lucide-react";
import { chooseTheme, type ThemeChoice, useThemeChoice } from "~/client/theme";
import { useSession } from "~/client/workspace";
import { signOutOfEverything } from "./sign-out";
import { THEMES } from "./themes";
import type { DetachedMenuProps } from "./workspace-menu";

export function PersonMenu({ isOpen, onOpenChange, trigger }: DetachedMenuProps) {
  const { user } = useSession();
  const theme = useThemeChoice();
  return (
    <Menu open={isOpen} onOpenChange={onOpenChange}>
      <MenuAnchor label={user.name} />
      <MenuContent
        side="top"
        className="w-56"
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          trigger.current?.focus();
        }}
      >
        <MenuLabel className="truncate font-normal">{user.email}</MenuLabel>
        <MenuSeparator />
        <MenuLabel>Light and dark</MenuLabel>
        <MenuRadioGroup value={theme} onValueChange={(choice) => chooseTheme(choice as ThemeChoice)}>
          {THEMES.map((choice) => (
            <MenuRadioItem key={choice.value} value={choice.value}>
              {choice.label}
            </MenuRadioItem>
          ))}
        </MenuRadioGroup>
        <MenuSeparator />
        <MenuItem icon={<LogOut aria-hidden />} onSelect={() => void signOutOfEverything()}>
          Sign out
        </MenuItem>
      </MenuContent>
    </Menu>
  );
}
