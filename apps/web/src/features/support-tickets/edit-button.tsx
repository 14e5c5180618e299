import type { Ticket } from "@hustings/contracts/support-tickets";
import { Button } from "@hustings/ui/button";
import { Pencil } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useSession } from "~/client/workspace";

const TicketForm = dynamic(() => import("./ticket-form").then((module) => module.TicketForm), { ssr: false });

/** For who opened it, while it is open. */
export function EditButton({ ticket }: { ticket: Ticket }) {
  const { user } = useSession();
  const [state, setState] = useState<"closed" | "open" | "unused">("unused");
  if (ticket.userId !== user.id) return null;
  return (
    <>
      <Button
        size="sm"
        icon={<Pencil aria-hidden />}
        offReason={ticket.status !== "open" && "Its words change only while it is open. Reply instead."}
        onClick={() => setState("open")}
      >
        Edit
      </Button>
      {state !== "unused" && (
        <TicketForm ticket={ticket} isOpen={state === "open"} onClose={() => setState("closed")} />
      )}
    </>
  );
}
