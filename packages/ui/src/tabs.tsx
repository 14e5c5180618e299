import { Tabs as Primitive } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./class-names";
import { TAB_LIST, tabLinkClasses } from "./tab-links";

export const Tabs = Primitive.Root;
export const TabPanel = Primitive.Content;

/** Views of one thing, on one page. Give it `aria-label`. */
export function TabList({ className, ...rest }: ComponentProps<typeof Primitive.List>) {
  return <Primitive.List className={cn(TAB_LIST, className)} {...rest} />;
}

export function Tab({ className, ...rest }: ComponentProps<typeof Primitive.Trigger>) {
  return <Primitive.Trigger className={cn(tabLinkClasses, className)} {...rest} />;
}
