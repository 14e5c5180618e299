import NextLink from "next/link";
import type { ComponentProps } from "react";

/** A link inside the app. Its page is fetched when the pointer comes near, not when the link is merely in sight: a rail of nouns would load every screen. */
export function Link(props: ComponentProps<typeof NextLink>) {
  return <NextLink prefetch={false} {...props} />;
}
