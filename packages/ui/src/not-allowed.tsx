import type { ReactNode } from "react";
import { Note } from "./note";

/** Stands where a control would: why not, and who can. “You are a member here. Admins send campaigns.” */
export function NotAllowed({ children, className }: { children: ReactNode; className?: string }) {
  return <Note className={className}>{children}</Note>;
}
