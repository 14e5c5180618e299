import { z } from "zod";

/** `viewer` reads; `member` also writes contacts, interactions, tags and fields; `admin` does the rest. */
export const role = z.enum(["admin", "member", "viewer"]);
export type Role = z.infer<typeof role>;

const RANK: Record<Role, number> = { viewer: 0, member: 1, admin: 2 };

/** Whether `actual` may do what `required` may do. */
export const hasRole = (actual: Role, required: Role): boolean => RANK[actual] >= RANK[required];
