import type { Contact } from "@hustings/contracts/contacts";
import { Avatar } from "@hustings/ui/avatar";
import { Button } from "@hustings/ui/button";
import { formatDay } from "@hustings/ui/time";
import { CircleQuestionMark, MessageSquare, Phone, Trash2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useNotAllowedReason } from "~/client/role";
import { fullName } from "../contact-name";
import type { ComposerControl } from "./composer";
import { Facts } from "./facts";
import { PersonTags } from "./person-tags";
import { Preferences } from "./preferences";

const DeletePersonDialog = dynamic(() => import("./delete-person-dialog").then((module) => module.DeletePersonDialog), {
  ssr: false,
});

type PersonSideProps = { contact: Contact; composer: ComposerControl; onWhy: () => void };

/** Who it is: name, what can be done, tags, facts, what they said no to. */
export function PersonSide({ contact, composer, onWhy }: PersonSideProps) {
  const name = fullName(contact);
  return (
    <div className="grid gap-4">
      <header className="flex items-center gap-3.5">
        <Avatar name={name} size="lg" />
        <div className="min-w-0">
          <h1 className="text-lg wrap-anywhere">{name ?? contact.email ?? "No name"}</h1>
          <p className="text-sm text-muted-foreground">Joined {formatDay(new Date(contact.createdAt))}</p>
        </div>
      </header>
      <div className="flex flex-wrap gap-1.5">
        <Button
          size="sm"
          icon={<Phone aria-hidden />}
          offReason={composer.offReason}
          onClick={() => composer.setType("call")}
        >
          Log a call
        </Button>
        <Button
          size="sm"
          icon={<MessageSquare aria-hidden />}
          offReason={composer.offReason}
          onClick={() => composer.setType("note")}
        >
          Note
        </Button>
        <Button size="sm" icon={<CircleQuestionMark aria-hidden />} onClick={onWhy}>
          Why?
        </Button>
      </div>
      <PersonTags contactId={contact.id} />
      <Facts contact={contact} />
      <Preferences contact={contact} />
      <DeleteButton contact={contact} />
    </div>
  );
}

function DeleteButton({ contact }: { contact: Contact }) {
  const [state, setState] = useState<"closed" | "open" | "unused">("unused");
  const offReason = useNotAllowedReason("admin", "delete people");
  return (
    <div>
      <Button
        size="sm"
        variant="danger"
        icon={<Trash2 aria-hidden />}
        offReason={offReason}
        onClick={() => setState("open")}
      >
        Delete…
      </Button>
      {state !== "unused" && (
        <DeletePersonDialog contact={contact} isOpen={state === "open"} onClose={() => setState("closed")} />
      )}
    </div>
  );
}
