import { cn } from "@hustings/ui/class-names";
import { Menu as MenuIcon } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/router";
import { useState } from "react";
import { useWorkspacePath } from "~/client/workspace";
import { Link } from "~/components/link";
import { isPlaceCurrent, PLACES } from "./places";

const MoreDrawer = dynamic(() => import("./more-drawer").then((module) => module.MoreDrawer), { ssr: false });

const TAB =
  "flex flex-col items-center justify-center gap-[3px] text-[11.5px] leading-[14px] focus-visible:-outline-offset-2";

/** The phone's way around: four nouns, and the rest behind “More”. */
export function TabBar() {
  const { pathname } = useRouter();
  const toPath = useWorkspacePath();
  const [isOpen, setOpen] = useState(false);
  const [isWanted, setWanted] = useState(false);
  const tabs = PLACES.filter((place) => place.isInTabBar);
  const isElsewhere = !tabs.some((place) => isPlaceCurrent(place, pathname));
  return (
    <nav aria-label="Main" className="col-span-full grid h-14 grid-cols-5 border-t border-border bg-card md:hidden">
      {tabs.map((place) => {
        const isCurrent = isPlaceCurrent(place, pathname);
        const Icon = place.icon;
        return (
          <Link
            key={place.path}
            href={toPath(place.path)}
            aria-current={isCurrent ? "page" : undefined}
            className={cn(TAB, isCurrent ? "font-bold text-primary-text" : "text-muted-foreground")}
          >
            <Icon aria-hidden className="size-5" />
            {place.label}
          </Link>
        );
      })}
      <button
        type="button"
        aria-haspopup="dialog"
        onClick={() => {
          setWanted(true);
          setOpen(true);
        }}
        className={cn(TAB, isElsewhere ? "font-bold text-primary-text" : "text-muted-foreground")}
      >
        <MenuIcon aria-hidden className="size-5" />
        More
      </button>
      {isWanted && <MoreDrawer isOpen={isOpen} onOpenChange={setOpen} />}
    </nav>
  );
}
