import { BookOpen, Building2, ChevronRight } from "lucide-react";
import { listCommands } from "~/client/commands";
import { useCan } from "~/client/role";
import { useReach, useSession, useWorkspace, useWorkspacePath } from "~/client/workspace";
import { DOINGS, listPlaces, SETTINGS, SETTINGS_PLACES } from "../frame/places";
import type { PaletteEntry } from "./command-palette";

const matches = (label: string, query: string) => label.toLowerCase().includes(query.toLowerCase());

/** What can be done: the screen's own first, then what every screen offers. */
export function useDoings(isOpen: boolean, query: string): PaletteEntry[] {
  const toPath = useWorkspacePath();
  const canWrite = useCan("member");
  const canSend = useCan("admin");
  if (!isOpen) return [];
  const own = listCommands().filter((command) => command.isInPalette);
  return [
    ...own.map((command) => {
      const Icon = command.icon ?? ChevronRight;
      return {
        id: `command-${command.id}`,
        icon: <Icon aria-hidden />,
        label: command.label,
        hint: command.hint,
        keys: command.key?.split(" "),
        run: command.run,
      };
    }),
    ...DOINGS.filter(({ role }) => !role || (role === "admin" ? canSend : canWrite)).map(
      ({ path, label, hint, icon: Icon }) => ({
        id: `do-${path}`,
        icon: <Icon aria-hidden />,
        label,
        hint,
        href: toPath(path),
      }),
    ),
  ].filter((entry) => matches(entry.label, query));
}

/** Outside of every workspace, and a page of its own to the browser: its styles must not stay behind. */
const API_REFERENCE: PaletteEntry = {
  id: "place-docs",
  icon: <BookOpen aria-hidden />,
  label: "API reference",
  run: () => window.location.assign("/docs"),
};

/** Pages of this workspace, then the other workspaces. */
export function usePlaces(query: string): PaletteEntry[] {
  const toPath = useWorkspacePath();
  const reach = useReach();
  const isAdmin = useCan("admin");
  const { workspaces, isGlobalAdmin } = useSession();
  const current = useWorkspace();
  const nouns = [...listPlaces(reach), SETTINGS];
  const places: PaletteEntry[] = nouns.map(({ path, label, icon: Icon, key }) => ({
    id: `place-${path}`,
    icon: <Icon aria-hidden />,
    label: path === "/" ? `${current.name}, Home` : label,
    href: toPath(path),
    ...(key ? { keys: ["g", key] } : {}),
  }));
  if (!query) return places;
  const settings: PaletteEntry[] = SETTINGS_PLACES.filter(
    (place) => (isAdmin || !place.isForAdmins) && (isGlobalAdmin || !place.isForGlobalAdmins),
  ).map(({ path, label }) => ({
    id: `place-${path}`,
    icon: <SETTINGS.icon aria-hidden />,
    label: `Settings, ${label}`,
    href: toPath(path),
  }));
  const others: PaletteEntry[] = workspaces
    .filter((workspace) => workspace.id !== current.id)
    .map((workspace) => ({
      id: `workspace-${workspace.id}`,
      icon: <Building2 aria-hidden />,
      label: workspace.name,
      hint: "another workspace",
      href: `/w/${workspace.slug}`,
    }));
  return [...places, ...settings, ...others, API_REFERENCE].filter((entry) => matches(entry.label, query));
}
