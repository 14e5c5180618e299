import type { ComponentProps } from "react";
import { cn } from "./class-names";

export const TAB_LIST = "flex gap-1 overflow-x-auto border-b border-border";

/** The look of one tab, for links with `aria-current="page"`. */
export const tabLinkClasses =
  "-mb-px flex h-9 shrink-0 items-center gap-[7px] border-b-2 border-transparent px-2.5 text-table whitespace-nowrap text-muted-foreground hover:text-foreground focus-visible:-outline-offset-2 " +
  "data-[state=active]:border-primary data-[state=active]:font-semibold data-[state=active]:text-foreground aria-[current=page]:border-primary aria-[current=page]:font-semibold aria-[current=page]:text-foreground";

/** Tabs that are pages of their own; children are links. Apart from `tabs`, which brings Radix along. Give it `aria-label`. */
export function TabLinks({ className, ...rest }: ComponentProps<"nav">) {
  return <nav className={cn(TAB_LIST, className)} {...rest} />;
}
