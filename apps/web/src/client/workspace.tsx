import type { SessionView } from "@hustings/contracts/session";
import type { Workspace } from "@hustings/contracts/workspaces";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/router";
import { createContext, type ReactNode, use, useLayoutEffect, useState } from "react";
import { WorkspaceMissing, WorkspacePending, WorkspaceUnreachable } from "~/components/frame/workspace-states";
import { trpc } from "./trpc";
import { setWorkspaceHeader } from "./workspace-header";

type Open = { session: SessionView; workspace: Workspace };
const WorkspaceContext = createContext<Open | null>(null);

function useOpen(): Open {
  const open = use(WorkspaceContext);
  if (!open) throw new Error("This works below /w/<slug> only");
  return open;
}

/** The workspace in the address, with the person's role in it. Only below `/w/<slug>`. */
export const useWorkspace = (): Workspace => useOpen().workspace;
/** Who is signed in, every workspace open to them, and whether mail is real. Only below `/w/<slug>`. */
export const useSession = (): SessionView => useOpen().session;
/** Mail is caught, not sent: send buttons turn blue and say so. */
export const useIsSandbox = (): boolean => useSession().emailMode === "sandbox";

/** What decides which places a person has. */
export function useReach(): { isSandbox: boolean; isGlobalAdmin: boolean } {
  const { emailMode, isGlobalAdmin } = useSession();
  return { isSandbox: emailMode === "sandbox", isGlobalAdmin };
}

/** `useWorkspacePath()("/contacts")` → `/w/vidra-valley/contacts`. */
export function useWorkspacePath(): (path: string) => string {
  const { slug } = useWorkspace();
  return (path) => `/w/${slug}${path === "/" ? "" : path}`;
}

/** Answers that are the same in every workspace and may stay when another is opened. */
const SHARED_ROUTER = "session";

/**
 * Opens the workspace of the address. Nothing below it asks the server before its header is set and the answers
 * of another workspace are forgotten, so that no screen can show another workspace's people.
 */
export function WorkspaceProvider({ children }: { children: ReactNode }) {
  const router = useRouter();
  const queryClient = useQueryClient();
  const slug = typeof router.query.workspace === "string" ? router.query.workspace : null;
  const session = trpc.session.me.useQuery(undefined, { staleTime: 60_000 });
  const choose = trpc.session.chooseWorkspace.useMutation();
  const workspace = session.data?.workspaces.find((candidate) => candidate.slug === slug);
  const [openId, setOpenId] = useState<string | null>(null);
  const isChosenElsewhere =
    session.data !== undefined && workspace !== undefined && session.data.currentWorkspaceId !== workspace.id;

  // Opening happens once per workspace, whatever else changes.
  useLayoutEffect(() => {
    if (!workspace) return;
    queryClient.removeQueries({
      predicate: ({ queryKey }) => (queryKey[0] as string[] | undefined)?.[0] !== SHARED_ROUTER,
    });
    setWorkspaceHeader(workspace.id);
    setOpenId(workspace.id);
    // Remembered for the front door and for other browsers; when it fails, nothing but that is lost.
    if (isChosenElsewhere) choose.mutate({ currentWorkspaceId: workspace.id });
  }, [workspace?.id]);

  if (session.error) return <WorkspaceUnreachable error={session.error} onRetry={() => void session.refetch()} />;
  if (session.data && slug && !workspace) return <WorkspaceMissing slug={slug} />;
  if (!session.data || !workspace || openId !== workspace.id) return <WorkspacePending />;
  return (
    <WorkspaceContext value={{ session: session.data, workspace }} key={workspace.id}>
      {children}
    </WorkspaceContext>
  );
}
