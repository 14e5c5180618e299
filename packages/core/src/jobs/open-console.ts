import type { PrincipalContext } from "../context";
import { DomainError } from "../errors";
import { assertGlobalAdmin } from "../workspaces/access";
import type { JobConsole } from "./port";

/**
 * Lets a principal at the engine. Runs belong to the installation, not to a workspace.
 *
 * @throws DomainError `forbidden` unless a global admin asks; `not_found` where an Inngest server runs the jobs.
 */
export function openConsole(ctx: PrincipalContext): JobConsole {
  assertGlobalAdmin(ctx);
  const { jobs } = ctx.ports;
  if (jobs?.engine !== "embedded")
    throw new DomainError("not_found", "An Inngest server runs the jobs here; its own console shows them");
  return jobs.console;
}
