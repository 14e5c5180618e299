import { Breadcrumbs } from "@hustings/ui/breadcrumbs";
import { buttonClasses, IconButton } from "@hustings/ui/button";
import { cn } from "@hustings/ui/class-names";
import { Kbd } from "@hustings/ui/kbd";
import { Mark } from "@hustings/ui/mark";
import { ArrowLeft, CircleHelp, Search } from "lucide-react";
import Head from "next/head";
import type { ReactNode } from "react";
import { useWorkspace, useWorkspacePath } from "~/client/workspace";
import { Link } from "~/components/link";
import { useFrame } from "./frame-context";

export type Crumb = { label: string /** Below `/w/<slug>`: `/contacts`. */; path: string };

export type ScreenProps = {
  /** Name of this page: last crumb, tab title. */
  title: string;
  /** The way here, without the workspace. On phones the last one is the back arrow. */
  crumbs?: readonly Crumb[];
  /** The page brings its own padding and scrolling: panes, full-width tables. */
  isFlush?: boolean;
  children: ReactNode;
};

/** One screen: bar with crumbs and search on top, content below. Every page below `/w/<slug>` is one. */
export function Screen({ title, crumbs = [], isFlush = false, children }: ScreenProps) {
  const workspace = useWorkspace();
  return (
    <>
      <Head>
        <title>{`${title} · ${workspace.name} · Hustings`}</title>
      </Head>
      <TopBar title={title} crumbs={crumbs} />
      <main
        id="main"
        tabIndex={-1}
        className={cn(
          "relative min-h-0 flex-1 focus:outline-none",
          isFlush
            ? "flex flex-col overflow-hidden"
            : "overflow-auto px-6 pt-5 pb-6 max-md:px-3.5 max-md:pt-3.5 max-md:pb-5",
        )}
      >
        {children}
      </main>
    </>
  );
}

function TopBar({ title, crumbs }: { title: string; crumbs: readonly Crumb[] }) {
  const workspace = useWorkspace();
  const toPath = useWorkspacePath();
  const { openKeys } = useFrame();
  const parent = crumbs.at(-1);
  return (
    <header className="flex h-(--topbar) flex-none items-center gap-3 border-b border-border px-5 max-md:gap-2 max-md:px-3">
      {parent ? (
        <Link
          href={toPath(parent.path)}
          aria-label={`Back to ${parent.label}`}
          className={cn(buttonClasses({ variant: "quiet", size: "icon" }), "-ml-2 md:hidden")}
        >
          <ArrowLeft aria-hidden />
        </Link>
      ) : (
        <Mark className="size-[26px] md:hidden" />
      )}
      <Breadcrumbs
        current={title}
        crumbs={[{ label: workspace.name, path: "/" }, ...crumbs].map((crumb) => ({
          key: crumb.path,
          link: <Link href={toPath(crumb.path)}>{crumb.label}</Link>,
        }))}
      />
      <SearchButton />
      <IconButton
        label="Keys and help"
        icon={<CircleHelp aria-hidden />}
        onClick={openKeys}
        className="max-md:hidden"
      />
    </header>
  );
}

function SearchButton() {
  const { openPalette } = useFrame();
  const isApple = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);
  return (
    <button
      type="button"
      onClick={openPalette}
      aria-haspopup="dialog"
      className="flex h-[30px] w-58 items-center gap-2 rounded-md border border-input bg-card pr-1.5 pl-2.5 text-sm text-muted-foreground hover:bg-hover max-md:size-10 max-md:justify-center max-md:border-0 max-md:bg-transparent max-md:p-0 max-md:text-foreground"
    >
      <Search aria-hidden />
      <span className="max-md:sr-only">Search or do anything</span>
      <Kbd className="ml-auto max-md:hidden">{isApple ? "⌘K" : "Ctrl K"}</Kbd>
    </button>
  );
}
