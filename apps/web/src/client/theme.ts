import { useSyncExternalStore } from "react";
import { usePrefersDark } from "./media";

export type ThemeChoice = "system" | "light" | "dark";

/** The same key is read by `public/theme.js` before the first paint. */
const STORAGE_KEY = "hustings-theme";
const CHANGED = "hustings-theme-changed";

function readTheme(): ThemeChoice {
  const theme = document.documentElement.dataset.theme;
  return theme === "light" || theme === "dark" ? theme : "system";
}

/** Sets the theme for this browser; `system` forgets the choice. */
export function chooseTheme(choice: ThemeChoice): void {
  if (choice === "system") {
    delete document.documentElement.dataset.theme;
    localStorage.removeItem(STORAGE_KEY);
  } else {
    document.documentElement.dataset.theme = choice;
    localStorage.setItem(STORAGE_KEY, choice);
  }
  window.dispatchEvent(new Event(CHANGED));
}

function subscribe(onChange: () => void) {
  window.addEventListener(CHANGED, onChange);
  return () => window.removeEventListener(CHANGED, onChange);
}

/** What this browser chose. */
export function useThemeChoice(): ThemeChoice {
  return useSyncExternalStore(subscribe, readTheme, () => "system");
}

/** Whether what is seen is dark, by choice or by the system. */
export function useIsDark(): boolean {
  const choice = useThemeChoice();
  const prefersDark = usePrefersDark();
  return choice === "system" ? prefersDark : choice === "dark";
}
