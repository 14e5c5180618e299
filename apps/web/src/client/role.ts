import type { Role } from "@hustings/contracts/roles";
import { useWorkspace } from "./workspace";

/** The rank of `hasRole` in the contracts, repeated: importing that one at run time brings Zod (60 kB) to every page. */
const RANK: Record<Role, number> = { viewer: 0, member: 1, admin: 2 };

/** Whether the person may do here what `required` may do. Hides controls; the server decides. */
export function useCan(required: Role): boolean {
  return RANK[useWorkspace().role] >= RANK[required];
}

/** “You are a viewer here. Members and admins change tags.” — for `NotAllowed` and `offReason`. `what` reads “change tags”. */
export function useNotAllowedReason(required: Role, what: string): string | null {
  const { role } = useWorkspace();
  if (RANK[role] >= RANK[required]) return null;
  const who = required === "admin" ? "Admins" : "Members and admins";
  return `You are a ${role} here. ${who} ${what}.`;
}
