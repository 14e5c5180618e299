import { SandboxBanner, StateBanner } from "@hustings/ui/banner";
import { undoLast } from "@hustings/ui/toast";
import dynamic from "next/dynamic";
import { useRouter } from "next/router";
import { type ReactNode, useMemo, useState } from "react";
import { useCommands } from "~/client/commands";
import { useKeyListener } from "~/client/key-listener";
import { useIsOnline } from "~/client/online";
import { useIsSandbox, useReach, useWorkspacePath } from "~/client/workspace";
import { Link } from "~/components/link";
import { type FrameActions, FrameContext } from "./frame-context";
import { HeldMail } from "./held-mail";
import { listPlaces, SETTINGS } from "./places";
import { Rail } from "./rail";
import { TabBar } from "./tab-bar";

const CommandPalette = dynamic(
  () => import("../command-palette/command-palette").then((module) => module.CommandPalette),
  { ssr: false },
);
const KeysDialog = dynamic(() => import("./keys-dialog").then((module) => module.KeysDialog), { ssr: false });

type Overlay = "palette" | "keys" | null;

/** Rail, banners, palette and keys around every screen of a workspace. */
export function Frame({ children }: { children: ReactNode }) {
  const [overlay, setOverlay] = useState<Overlay>(null);
  // Loaded at the first use, and kept then, so that closing can fade.
  const [wanted, setWanted] = useState<{ palette?: true; keys?: true }>({});
  const isSandbox = useIsSandbox();
  const isOnline = useIsOnline();
  const toPath = useWorkspacePath();

  const actions = useMemo<FrameActions>(() => {
    const open = (which: "palette" | "keys") => {
      setWanted((now) => ({ ...now, [which]: true }));
      setOverlay(which);
    };
    return { openPalette: () => open("palette"), openKeys: () => open("keys") };
  }, []);
  useFrameCommands(actions);
  useKeyListener();
  const close = (isOpen: boolean) => !isOpen && setOverlay(null);

  return (
    <FrameContext value={actions}>
      <a
        href="#main"
        className="sr-only rounded-md bg-card px-3 py-2 focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50"
      >
        Skip to the content
      </a>
      <div className="grid h-dvh grid-cols-[minmax(0,1fr)] grid-rows-[auto_minmax(0,1fr)_auto] md:grid-cols-[56px_minmax(0,1fr)] md:grid-rows-[auto_minmax(0,1fr)] xl:grid-cols-[var(--rail-width)_minmax(0,1fr)]">
        <div className="col-span-full">
          {isSandbox && <SandboxBanner link={<Link href={toPath("/sandbox")}>Open the mailbox</Link>} />}
          {!isOnline && (
            <StateBanner kind="offline">
              You are offline. What you see may be old, and nothing can be saved until the connection is back.
            </StateBanner>
          )}
        </div>
        <Rail />
        <div className="flex min-h-0 min-w-0 flex-col">
          <HeldMail />
          {children}
        </div>
        <TabBar />
      </div>
      {wanted.palette && <CommandPalette isOpen={overlay === "palette"} onOpenChange={close} />}
      {wanted.keys && <KeysDialog isOpen={overlay === "keys"} onOpenChange={close} />}
    </FrameContext>
  );
}

function useFrameCommands({ openPalette, openKeys }: FrameActions) {
  const router = useRouter();
  const toPath = useWorkspacePath();
  const places = [...listPlaces(useReach()), SETTINGS];
  useCommands([
    { id: "palette", label: "Search or do anything", key: "mod+k", group: "everywhere", run: openPalette },
    { id: "keys", label: "This list", key: "?", group: "everywhere", run: openKeys },
    { id: "undo", label: "Undo", key: "z", group: "everywhere", run: undoLast },
    ...places.map((place) => ({
      id: `go-${place.path}`,
      label: place.label,
      icon: place.icon,
      group: "go" as const,
      ...(place.key ? { key: `g ${place.key}` } : {}),
      run: () => void router.push(toPath(place.path)),
    })),
  ]);
}
