import { useEffect } from "react";
import { listCommands } from "./commands";
import { useStoredSetting } from "./stored-setting";

/** Between the two keys of `g h`. */
const SEQUENCE_MS = 1200;

/** Whether single keys work in this browser; ⌘K always does. */
export const useSingleKeys = () => useStoredSetting("single-keys", true);

/** Runs commands by their keys; once, in the frame. */
export function useKeyListener(): void {
  const [areSingleKeysOn] = useSingleKeys();
  useEffect(() => {
    let first = "";
    let timer: number | undefined;
    const onKeyDown = (event: KeyboardEvent) => {
      const pressed = toKey(event);
      if (!pressed || event.defaultPrevented) return;
      const isModified = pressed.startsWith("mod+");
      if (!isModified && (!areSingleKeysOn || isTyping(event.target) || isDialogOpen())) return;
      const sequence = first ? `${first} ${pressed}` : pressed;
      first = "";
      window.clearTimeout(timer);
      const commands = listCommands();
      const command =
        commands.find((candidate) => candidate.key === sequence) ??
        commands.find((candidate) => candidate.key === pressed);
      if (command) {
        event.preventDefault();
        command.run();
      } else if (commands.some((candidate) => candidate.key?.startsWith(`${pressed} `))) {
        first = pressed;
        timer = window.setTimeout(() => {
          first = "";
        }, SEQUENCE_MS);
      }
    };
    document.addEventListener("keydown", onKeyDown);
    return () => {
      document.removeEventListener("keydown", onKeyDown);
      window.clearTimeout(timer);
    };
  }, [areSingleKeysOn]);
}

/** `k` with ⌘ or Ctrl → `mod+k`; `X` with Shift → `shift+x`; a lone modifier → nothing. */
export function toKey(
  event: Pick<KeyboardEvent, "key" | "metaKey" | "ctrlKey" | "altKey" | "shiftKey">,
): string | null {
  if (event.altKey || ["Shift", "Control", "Meta", "Alt", "Dead", "Process"].includes(event.key)) return null;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (event.metaKey || event.ctrlKey) return `mod+${key}`;
  return event.shiftKey && /^[a-z]$/.test(key) ? `shift+${key}` : key;
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true;
  return target instanceof HTMLInputElement && !["checkbox", "radio", "button", "submit"].includes(target.type);
}

/** What lies over the page has its own keys. */
const isDialogOpen = () =>
  document.querySelector(':is([role="dialog"],[role="menu"],[role="listbox"])[data-state="open"]') !== null;
