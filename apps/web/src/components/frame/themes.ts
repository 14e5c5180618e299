import type { ThemeChoice } from "~/client/theme";

/** What a person may choose. */
export const THEMES: readonly { value: ThemeChoice; label: string }[] = [
  { value: "system", label: "As the system" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
];
