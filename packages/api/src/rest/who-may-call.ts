import type { Operation } from "./endpoints";

/** One sentence per auth level, for the document and the reference. */
export const WHO_MAY_CALL: Record<Operation["auth"], string> = {
  none: "No auth required.",
  signature: "Auth: signature of the provider over the raw body.",
  open: "Auth: session or API key with a role in the workspace; without credentials only where the local quick start allows it (`ANONYMOUS_API=local`).",
  session: "Auth: session or API key.",
  viewer: "Auth: session or API key with the role viewer or more in the workspace.",
  member: "Auth: session or API key with the role member or more in the workspace.",
  admin: "Auth: admin of the workspace.",
  recordAdmin:
    "Auth: admin of the workspace that the record in the path belongs to; `X-Workspace-Id` says nothing here.",
  globalAdmin: "Auth: global admin.",
};

/** The sentence of an operation; an open one says which role it takes. */
export function whoMayCall({ auth, openTo }: Operation): string {
  const words = WHO_MAY_CALL[auth];
  return openTo ? words.replace("a role", `the role ${openTo} or more`) : words;
}
