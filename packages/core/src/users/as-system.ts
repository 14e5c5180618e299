import type { CoreContext, PrincipalContext } from "../context";

/** Lets the command line and jobs act on what belongs to the installation; never made from a request. */
export const asSystem = (ctx: CoreContext, name: string): PrincipalContext => ({
  ...ctx,
  principal: { userId: null, name, email: null, installationRole: "admin", via: { kind: "system", name } },
});
