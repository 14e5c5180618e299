import { Button } from "@hustings/ui/button";
import { Kbd } from "@hustings/ui/kbd";
import { MessageSquare } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useCommands } from "~/client/commands";
import { useNotAllowedReason } from "~/client/role";

const InteractionForm = dynamic(() => import("./interaction-form").then((module) => module.InteractionForm), {
  ssr: false,
});

export type Written = "note" | "call" | "meeting";

/** What is being written, if anything; the buttons beside the name and the key `n` open it too. */
export function useComposer() {
  const [type, setType] = useState<Written | null>(null);
  const offReason = useNotAllowedReason("member", "write notes");
  useCommands(
    offReason ? [] : [{ id: "person-note", label: "Add a note", key: "n", group: "here", run: () => setType("note") }],
  );
  return { type, setType, offReason };
}
export type ComposerControl = ReturnType<typeof useComposer>;

/** A line that becomes a form when one wants to write. */
export function Composer({ contactId, control }: { contactId: string; control: ComposerControl }) {
  const { type, setType, offReason } = control;
  if (type)
    return <InteractionForm contactId={contactId} type={type} onTypeChange={setType} onClose={() => setType(null)} />;
  return (
    <Button
      className="w-full justify-start font-normal text-muted-foreground"
      icon={<MessageSquare aria-hidden />}
      trailing={<Kbd className="ml-auto max-md:hidden">n</Kbd>}
      offReason={offReason}
      onClick={() => setType("note")}
    >
      Add a note, a call or a meeting
    </Button>
  );
}
