import type { Role } from "@hustings/contracts/roles";

/** What each role may do, in the order of the menu. */
export const ROLE_OPTIONS: readonly { value: Role; label: string; hint: string }[] = [
  { value: "viewer", label: "Viewer", hint: "sees everything here" },
  { value: "member", label: "Member", hint: "also changes people, tags and notes" },
  { value: "admin", label: "Admin", hint: "also sends campaigns and changes settings" },
];

export const roleWord = (role: Role): string => ROLE_OPTIONS.find((option) => option.value === role)?.label ?? role;
