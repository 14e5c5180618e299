import type { ScriptExample } from "@hustings/contracts/script-manual";
import type { CreateScriptInput } from "@hustings/contracts/scripts";
import { Button } from "@hustings/ui/button";
import { Menu, MenuContent, MenuItem, MenuTrigger } from "@hustings/ui/menu";
import { notifyDone } from "@hustings/ui/toast";
import { ChevronDown } from "lucide-react";
import { useRouter } from "next/router";
import { useEffect, useRef } from "react";
import type { UseFormReturn } from "react-hook-form";
import { trpc } from "~/client/trpc";

/** Puts an example into a new script; the address may name one. */
export function ExampleMenu({ form }: { form: UseFormReturn<CreateScriptInput, unknown, CreateScriptInput> }) {
  const { query } = useRouter();
  const manual = trpc.scripts.manual.useQuery({}, { staleTime: Number.POSITIVE_INFINITY });
  const examples = manual.data?.examples ?? [];
  const isNamedTaken = useRef(false);
  const take = ({ name, description, code }: ScriptExample) => {
    for (const [field, value] of Object.entries({ name, description, code }))
      form.setValue(field as keyof ScriptExample & keyof CreateScriptInput, value, { shouldDirty: true });
  };
  const named = examples.find(({ id }) => id === query.example);
  useEffect(() => {
    if (!named || isNamedTaken.current) return;
    isNamedTaken.current = true;
    take(named);
  });
  const choose = (example: ScriptExample) => {
    const before = form.getValues();
    take(example);
    notifyDone(`Put in the example “${example.name}”`, {
      onUndo: () => form.reset(before, { keepDefaultValues: true }),
    });
  };
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button
          size="sm"
          className="mb-2 md:absolute md:-top-2 md:right-0 md:mb-0"
          trailing={<ChevronDown aria-hidden />}
        >
          Start from an example
        </Button>
      </MenuTrigger>
      <MenuContent align="end" className="max-w-[min(384px,calc(100vw-16px))]">
        {examples.map((example) => (
          <MenuItem key={example.id} onSelect={() => choose(example)}>
            <span className="block font-semibold whitespace-normal">{example.name}</span>
            <span className="block text-sm whitespace-normal text-muted-foreground">{example.description}</span>
          </MenuItem>
        ))}
      </MenuContent>
    </Menu>
  );
}
