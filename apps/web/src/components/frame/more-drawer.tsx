import { Avatar } from "@hustings/ui/avatar";
import { Button } from "@hustings/ui/button";
import { Drawer } from "@hustings/ui/drawer";
import { SegmentedControl } from "@hustings/ui/segmented-control";
import { Check, LogOut } from "lucide-react";
import { chooseTheme, useThemeChoice } from "~/client/theme";
import { useReach, useSession, useWorkspace, useWorkspacePath } from "~/client/workspace";
import { Link } from "~/components/link";
import { listPlaces, SETTINGS } from "./places";
import { signOutOfEverything } from "./sign-out";
import { THEMES } from "./themes";

const LINE = "flex min-h-11 items-center gap-3 rounded-md px-2 hover:bg-hover";

/** Everything of the rail that the tab bar has no room for. */
export function MoreDrawer({ isOpen, onOpenChange }: { isOpen: boolean; onOpenChange: (isOpen: boolean) => void }) {
  const { user, workspaces } = useSession();
  const current = useWorkspace();
  const toPath = useWorkspacePath();
  const theme = useThemeChoice();
  const rest = [...listPlaces(useReach()).filter((place) => !place.isInTabBar), SETTINGS];
  const close = () => onOpenChange(false);
  return (
    <Drawer isOpen={isOpen} onOpenChange={onOpenChange} side="bottom" title="More">
      <div className="grid gap-4">
        <ul>
          {rest.map(({ path, label, icon: Icon }) => (
            <li key={path}>
              <Link href={toPath(path)} onClick={close} className={LINE}>
                <Icon aria-hidden className="text-muted-foreground" />
                {label}
              </Link>
            </li>
          ))}
        </ul>
        {workspaces.length > 1 && (
          <section>
            <h3 className="px-2 pb-1 text-muted-foreground">Workspaces</h3>
            <ul>
              {workspaces.map((workspace) => (
                <li key={workspace.id}>
                  <Link
                    href={`/w/${workspace.slug}`}
                    onClick={close}
                    aria-current={workspace.id === current.id || undefined}
                    className={LINE}
                  >
                    <span className="min-w-0 flex-1 truncate">{workspace.name}</span>
                    {workspace.id === current.id && <Check aria-hidden className="text-primary-text" />}
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        )}
        <SegmentedControl
          label="Light and dark"
          value={theme}
          onValueChange={chooseTheme}
          options={THEMES}
          className="justify-self-start"
        />
        <div className="flex items-center gap-3">
          <Avatar name={user.name} />
          <span className="min-w-0 flex-1 truncate">{user.name}</span>
          <Button icon={<LogOut aria-hidden />} onClick={() => void signOutOfEverything()}>
            Sign out
          </Button>
        </div>
      </div>
    </Drawer>
  );
}
