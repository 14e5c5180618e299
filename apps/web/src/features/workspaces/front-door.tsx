import { Button } from "@hustings/ui/button";
import { useRouter } from "next/router";
import { useEffect } from "react";
import { trpc } from "~/client/trpc";
import { signOutOfEverything } from "~/components/frame/sign-out";
import { WorkspacePending, WorkspaceUnreachable } from "~/components/frame/workspace-states";
import { StrayPage } from "~/components/stray-page";
import { WhomToAsk } from "../sign-in/whom-to-ask";

/**
 * To `path` in the workspace chosen last, else in the first, with whatever the address asks; the sign-in page when nobody
 * is signed in.
 *
 * @param path below `/w/<slug>`; Home without it.
 */
export function FrontDoor({ path = "" }: { path?: string }) {
  const router = useRouter();
  const session = trpc.session.me.useQuery();
  const workspaces = session.data?.workspaces;
  const target = workspaces?.find((workspace) => workspace.id === session.data?.currentWorkspaceId) ?? workspaces?.[0];
  useEffect(() => {
    if (target) void router.replace(`/w/${target.slug}${path}${window.location.search}`);
  }, [target, router, path]);

  if (session.error && session.error.data?.code !== "UNAUTHORIZED")
    return <WorkspaceUnreachable error={session.error} onRetry={() => void session.refetch()} />;
  if (workspaces?.length === 0)
    return (
      <StrayPage
        title="You are in no workspace yet"
        action={<Button onClick={() => void signOutOfEverything()}>Sign out</Button>}
      >
        You are signed in as {session.data?.user.email}. To be added to a workspace, ask{" "}
        <WhomToAsk otherwise="an admin" />.
      </StrayPage>
    );
  return <WorkspacePending />;
}
