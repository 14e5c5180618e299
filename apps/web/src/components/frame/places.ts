import {
  Activity,
  FlaskConical,
  Funnel,
  House,
  type LucideIcon,
  Mail,
  Megaphone,
  Settings,
  SquareTerminal,
  Ticket,
  Upload,
  UserPlus,
  Users,
  Zap,
} from "lucide-react";

export type Place = {
  /** Below `/w/<slug>`. */
  path: string;
  label: string;
  icon: LucideIcon;
  /** After `g`. */
  key?: string;
  /** Among the four of the phone's tab bar. */
  isInTabBar?: boolean;
  /** Only while mail is pretended. */
  isForSandbox?: boolean;
  /** For who administers the installation. */
  isForGlobalAdmins?: boolean;
  /** Shows how many people there are. */
  isPeople?: boolean;
};

/** The rail, in order. A noun joins when its screens exist. */
export const PLACES: readonly Place[] = [
  { path: "/", label: "Home", icon: House, key: "h", isInTabBar: true },
  { path: "/contacts", label: "Contacts", icon: Users, key: "c", isInTabBar: true, isPeople: true },
  { path: "/segments", label: "Segments", icon: Funnel, key: "s", isInTabBar: true },
  { path: "/campaigns", label: "Campaigns", icon: Megaphone, key: "m", isInTabBar: true },
  { path: "/automations", label: "Automations", icon: Zap, key: "a" },
  { path: "/scripts", label: "Scripts", icon: SquareTerminal, key: "r" },
  { path: "/my-email", label: "My email", icon: Mail, key: "e" },
  { path: "/tickets", label: "Tickets", icon: Ticket, key: "t" },
  { path: "/jobs", label: "Jobs", icon: Activity, key: "j", isForGlobalAdmins: true },
  { path: "/sandbox", label: "Sandbox", icon: FlaskConical, isForSandbox: true },
];

/** The places of the rail that a person has. */
export const listPlaces = ({ isSandbox, isGlobalAdmin }: { isSandbox: boolean; isGlobalAdmin: boolean }): Place[] =>
  PLACES.filter((place) => (isSandbox || !place.isForSandbox) && (isGlobalAdmin || !place.isForGlobalAdmins));

/** Stands apart, below a line. */
export const SETTINGS: Place = { path: "/settings", label: "Settings", icon: Settings };

/** Pages under Settings, in order. `role`: who sees them at all. */
export const SETTINGS_PLACES: readonly {
  path: string;
  label: string;
  isForAdmins?: boolean;
  isForGlobalAdmins?: boolean;
}[] = [
  { path: "/settings/tags", label: "Tags" },
  { path: "/settings/fields", label: "Fields" },
  { path: "/settings/categories", label: "Categories" },
  { path: "/settings/sender", label: "Sender", isForAdmins: true },
  { path: "/settings/members", label: "Members", isForAdmins: true },
  { path: "/settings/suppressions", label: "Suppressions", isForAdmins: true },
  { path: "/settings/deliveries", label: "Deliveries", isForAdmins: true },
  { path: "/settings/api-keys", label: "API keys", isForAdmins: true },
  { path: "/settings/forms", label: "Forms", isForGlobalAdmins: true },
  { path: "/settings/workspaces", label: "Workspaces", isForGlobalAdmins: true },
  { path: "/settings/users", label: "Users", isForGlobalAdmins: true },
];

/** What the palette offers under “Do” everywhere. Each opens a page; none does the thing itself. */
export const DOINGS: readonly {
  path: string;
  label: string;
  hint: string;
  icon: LucideIcon;
  /** Without one everybody may. */
  role?: "member" | "admin";
}[] = [
  { path: "/contacts?new=1", label: "Add a contact", hint: "opens a form", icon: UserPlus, role: "member" },
  { path: "/contacts/import", label: "Import people", hint: "asks for a file", icon: Upload, role: "member" },
  { path: "/segments/new", label: "New segment", hint: "counts while you choose", icon: Funnel, role: "admin" },
  { path: "/campaigns/new", label: "New campaign", hint: "opens a draft", icon: Megaphone, role: "admin" },
  { path: "/automations/new", label: "New rule", hint: "shows whom it would change", icon: Zap, role: "admin" },
  { path: "/tickets?new=1", label: "New ticket", hint: "opens a form", icon: Ticket },
];

/** Whether the page at `pathname` belongs to `place`. */
export function isPlaceCurrent(place: Place, pathname: string): boolean {
  const here = pathname.replace("/w/[workspace]", "") || "/";
  return place.path === "/" ? here === "/" : here === place.path || here.startsWith(`${place.path}/`);
}
