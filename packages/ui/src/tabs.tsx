import { Tabs as Primitive } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./class-names";

const LIST = "flex gap-1 overflow-x-auto border-b border-border";
const TAB =
  "-mb-px flex h-9 shrink-0 items-center gap-[7px] border-b-2 border-transparent px-2.5 text-table whitespace-nowrap text-muted-foreground hover:text-foreground focus-visible:-outline-offset-2 " +
  "data-[state=active]:border-primary data-[state=active]:font-semibold data-[state=active]:text-foreground aria-[current=page]:border-primary aria-[current=page]:font-semibold aria-[current=page]:text-foreground";

export const Tabs = Primitive.Root;
export const TabPanel = Primitive.Content;

/** Views of one thing, on one page. Give it `aria-label`. */
export function TabList({ className, ...rest }: ComponentProps<typeof Primitive.List>) {
  return <Primitive.List className={cn(LIST, className)} {...rest} />;
}

export function Tab({ className, ...rest }: ComponentProps<typeof Primitive.Trigger>) {
  return <Primitive.Trigger className={cn(TAB, className)} {...rest} />;
}

/** Tabs that are pages of their own. Children are links with `className={tabLinkClasses}` and `aria-current="page"`. */
export function TabLinks({ className, ...rest }: ComponentProps<"nav">) {
  return <nav className={cn(LIST, className)} {...rest} />;
}

export const tabLinkClasses = TAB;
