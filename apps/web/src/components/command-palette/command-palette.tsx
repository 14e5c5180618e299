import { CommandDialog, CommandGroup, CommandItem, CommandNote, Highlighted } from "@hustings/ui/command";
import { useRouter } from "next/router";
import { useEffect, useState } from "react";
import { useDebounced } from "~/client/debounced";
import { useWorkspace } from "~/client/workspace";
import { usePeople } from "./people";
import { useDoings, usePlaces } from "./places";
import { useRecords } from "./records";
import { useTickets } from "./tickets";

/** A line of the palette. Choosing it opens a page or runs a harmless command; nothing in it sends or deletes. */
export type PaletteEntry = {
  id: string;
  icon: React.ReactNode;
  label: string;
  hint?: string;
  keys?: readonly string[];
  href?: string;
  run?: () => void;
};

/** As many of a kind as fit without scrolling on a laptop. */
const SHOWN_PER_GROUP = 5;
/** After the last key, before the server is asked. */
const SEARCH_DELAY_MS = 250;

/** Search or do anything: things to do, people, records, places. */
export function CommandPalette({ isOpen, onOpenChange }: { isOpen: boolean; onOpenChange: (isOpen: boolean) => void }) {
  const router = useRouter();
  const workspace = useWorkspace();
  const [typed, setTyped] = useState("");
  const query = typed.trim();
  const asked = useDebounced(query, SEARCH_DELAY_MS);
  const people = usePeople(isOpen ? asked : "");
  const records = useRecords(isOpen, query);
  const tickets = useTickets(isOpen ? asked : "");
  const doings = useDoings(isOpen, query);
  const places = usePlaces(query);
  useEffect(() => {
    if (isOpen) setTyped("");
  }, [isOpen]);

  const groups = [
    { heading: "Do", entries: doings },
    { heading: "Contacts", entries: people.entries },
    { heading: "Campaigns and segments", entries: records },
    { heading: "Tickets", entries: tickets },
    { heading: "Go to", entries: places },
  ].filter((group) => group.entries.length > 0);
  const [active, setActive] = useActiveEntry(groups[0]?.entries[0]?.id ?? "", query);
  const isLooking = people.isLooking || query !== asked;

  const choose = (entry: PaletteEntry) => {
    onOpenChange(false);
    if (entry.href) void router.push(entry.href);
    entry.run?.();
  };
  return (
    <CommandDialog
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      query={typed}
      onQueryChange={setTyped}
      active={active}
      onActiveChange={setActive}
      scope={`in ${workspace.name}`}
    >
      {groups.map(({ heading, entries }) => (
        <CommandGroup key={heading} heading={heading}>
          {entries.slice(0, SHOWN_PER_GROUP).map((entry) => (
            <CommandItem
              key={entry.id}
              value={entry.id}
              icon={entry.icon}
              hint={entry.hint}
              keys={entry.keys}
              onSelect={() => choose(entry)}
            >
              <Highlighted text={entry.label} query={query} />
            </CommandItem>
          ))}
        </CommandGroup>
      ))}
      {people.isFailed && <CommandNote>People could not be searched just now.</CommandNote>}
      {groups.length === 0 && <CommandNote>{isLooking ? "Looking" : `Nothing matches “${query}”.`}</CommandNote>}
    </CommandDialog>
  );
}

/** The first line, until somebody moves; typing starts at the first again, though answers come late. */
function useActiveEntry(firstId: string, query: string) {
  const [moved, setMoved] = useState<{ id: string; query: string } | null>(null);
  const active = moved?.query === query ? moved.id : firstId;
  const setActive = (id: string) => {
    if (id && id !== active) setMoved({ id, query });
  };
  return [active, setActive] as const;
}
