import { PageHeader } from "@hustings/ui/page-header";
import { TabLinks, tabLinkClasses } from "@hustings/ui/tab-links";
import { useRouter } from "next/router";
import { type ReactNode, useEffect, useRef } from "react";
import { useCan } from "~/client/role";
import { useSession, useWorkspacePath } from "~/client/workspace";
import { Link } from "~/components/link";
import { SETTINGS_PLACES } from "./frame/places";
import { Screen } from "./frame/screen";

/** A page of Settings: the tabs of all of them above it. */
export function SettingsScreen({
  title,
  isFlush,
  children,
}: {
  title: string;
  isFlush?: boolean;
  children: ReactNode;
}) {
  return (
    <Screen title={title} crumbs={[{ label: "Settings", path: "/settings" }]} isFlush>
      <SettingsTabs />
      {isFlush ? (
        children
      ) : (
        <div className="min-h-0 flex-1 overflow-auto px-6 pt-5 pb-6 max-md:px-3.5 max-md:pt-3.5">
          <PageHeader title={title} />
          {children}
        </div>
      )}
    </Screen>
  );
}

function SettingsTabs() {
  const { pathname } = useRouter();
  const tabs = useRef<HTMLElement>(null);
  // On a phone the open page's tab may lie beyond the edge.
  useEffect(() => {
    const current = tabs.current?.querySelector<HTMLElement>("[aria-current=page]");
    if (tabs.current && current) tabs.current.scrollLeft = current.offsetLeft - tabs.current.clientWidth / 3;
  }, [pathname]);
  const toPath = useWorkspacePath();
  const isAdmin = useCan("admin");
  const { isGlobalAdmin } = useSession();
  const places = SETTINGS_PLACES.filter(
    (place) => (isAdmin || !place.isForAdmins) && (isGlobalAdmin || !place.isForGlobalAdmins),
  );
  return (
    <TabLinks ref={tabs} aria-label="Settings" className="flex-none px-4 pt-1 max-md:px-1">
      {places.map((place) => (
        <Link
          key={place.path}
          href={toPath(place.path)}
          aria-current={pathname.endsWith(place.path) ? "page" : undefined}
          className={tabLinkClasses}
        >
          {place.label}
        </Link>
      ))}
    </TabLinks>
  );
}
