import { Dialog } from "@hustings/ui/dialog";
import { Kbd } from "@hustings/ui/kbd";
import { Switch } from "@hustings/ui/switch";
import { type Command, listCommands } from "~/client/commands";
import { useSingleKeys } from "~/client/key-listener";

const GROUPS: readonly { group: Command["group"]; label: string }[] = [
  { group: "here", label: "On this page" },
  { group: "go", label: "Go to" },
  { group: "everywhere", label: "Everywhere" },
];

const KEY_WORDS: Record<string, string> = { mod: "⌘ or Ctrl", shift: "⇧", Enter: "↵", Escape: "esc" };

/** `?`: the keys that work right now. */
export function KeysDialog({ isOpen, onOpenChange }: { isOpen: boolean; onOpenChange: (isOpen: boolean) => void }) {
  const [areSingleKeysOn, setSingleKeysOn] = useSingleKeys();
  const commands = isOpen ? listCommands().filter((command) => command.key) : [];
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title="Keys"
      description="No key sends mail. Single keys rest while you type."
    >
      <div className="grid gap-4">
        {GROUPS.map(({ group, label }) => {
          const rows = commands.filter((command) => command.group === group);
          return rows.length === 0 ? null : (
            <section key={group}>
              <h3 className="pb-1 text-muted-foreground">{label}</h3>
              <dl>
                {rows.map((command) => (
                  <div
                    key={command.id}
                    className="flex min-h-8 items-center gap-3 border-b border-border last:border-b-0"
                  >
                    <dt className="min-w-0 flex-1">{command.label}</dt>
                    <dd className="flex gap-1">
                      {command.key?.split(/[ +]/).map((key) => (
                        <Kbd key={key}>{KEY_WORDS[key] ?? key}</Kbd>
                      ))}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          );
        })}
        <Switch
          checked={areSingleKeysOn}
          onChange={(event) => setSingleKeysOn(event.target.checked)}
          hint="In this browser"
        >
          Single keys
        </Switch>
      </div>
    </Dialog>
  );
}
