import { ChevronRight } from "lucide-react";
import { Fragment, type ReactNode } from "react";

/** Where we are. `crumbs` are links to the way here, `current` is this page. */
export function Breadcrumbs({
  crumbs,
  current,
}: {
  crumbs: readonly { key: string; link: ReactNode }[];
  current: ReactNode;
}) {
  return (
    <nav aria-label="Breadcrumb" className="min-w-0 flex-1">
      <ol className="flex min-w-0 items-center gap-1.5 text-sm text-muted-foreground">
        {crumbs.map(({ key, link }) => (
          <Fragment key={key}>
            <li className="truncate max-md:hidden [&_a:hover]:underline">{link}</li>
            <li aria-hidden className="flex max-md:hidden">
              <ChevronRight className="size-3.5" />
            </li>
          </Fragment>
        ))}
        <li aria-current="page" className="truncate font-semibold text-foreground">
          {current}
        </li>
      </ol>
    </nav>
  );
}
