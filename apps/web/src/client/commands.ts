import type { LucideIcon } from "lucide-react";
import { useEffect, useRef } from "react";

/** Something a person can do by key, from the palette, or both. Nothing here sends mail or deletes. */
export type Command = {
  id: string;
  /** “Add a contact”. */
  label: string;
  /** Quiet words after it in the palette: “opens a draft”. */
  hint?: string;
  icon?: LucideIcon;
  /** `c`, `?`, a sequence `g h`, or `mod+k` (⌘ on Apple, Ctrl elsewhere). */
  key?: string;
  /** `here` is the screen's own and goes before the rest. */
  group: "here" | "go" | "everywhere";
  /** Offered under “Do”. */
  isInPalette?: boolean;
  run: () => void;
};

const registry = new Set<{ current: readonly Command[] }>();

/** Offers commands as long as the component stands. The list may be made anew on every render. */
export function useCommands(commands: readonly Command[]): void {
  const latest = useRef(commands);
  latest.current = commands;
  useEffect(() => {
    registry.add(latest);
    return () => {
      registry.delete(latest);
    };
  }, []);
}

/** Everything that can be done right now, the screen's own first. */
export function listCommands(): Command[] {
  const all = [...registry].flatMap((entry) => entry.current);
  return [...all.filter((command) => command.group === "here"), ...all.filter((command) => command.group !== "here")];
}
