import type { PrincipalContext } from "@hustings/core/context";
import { setUpInstallation } from "@hustings/core/setup/set-up-installation";
import { CliError } from "../cli-error";
import type { Print } from "../print";

/** Makes what an empty database lacks; prints nothing when there is nothing to do. */
export async function setUp(ctx: PrincipalContext, { demo = false }: { demo?: boolean }, print: Print): Promise<void> {
  if (demo && ctx.settings.unsubscribeSecrets.length === 0)
    throw new CliError("UNSUBSCRIBE_SECRET is not set: the demo's campaign could not sign its links.");
  const { isGlobalWorkspaceMade, isDemoMade } = await setUpInstallation(ctx, { withDemo: demo });
  if (isGlobalWorkspaceMade) print("Made the global workspace.");
  if (isDemoMade) print("Made the workspace demo, with three users and forty people who do not exist.");
}
