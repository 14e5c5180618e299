import { useSyncExternalStore } from "react";

function useMediaQuery(query: string): boolean {
  return useSyncExternalStore(
    (onChange) => {
      const media = window.matchMedia(query);
      media.addEventListener("change", onChange);
      return () => media.removeEventListener("change", onChange);
    },
    () => window.matchMedia(query).matches,
    () => false,
  );
}

/** Below 720 px: lists instead of tables, one pane at a time. */
export const useIsPhone = (): boolean => useMediaQuery("(width < 720px)");
/** From 1200 px: all panes stand beside each other. */
export const useIsWide = (): boolean => useMediaQuery("(width >= 1200px)");
/** The system's theme. */
export const usePrefersDark = (): boolean => useMediaQuery("(prefers-color-scheme: dark)");
