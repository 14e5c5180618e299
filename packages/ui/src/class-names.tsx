import { type ClassValue, clsx } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

/** Our own names, so that `text-table text-danger` is read as a size and a colour, not as two colours. */
const merge = extendTailwindMerge({
  extend: { theme: { text: ["table", "md"], shadow: ["float"] } },
});

/** Joins class names; of two that set the same property the later wins. */
export function cn(...classes: ClassValue[]): string {
  return merge(clsx(classes));
}
