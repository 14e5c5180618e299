import type { SignInOptions } from "@hustings/contracts/session";
import { Avatar } from "@hustings/ui/avatar";
import { Note } from "@hustings/ui/note";
import { Spinner } from "@hustings/ui/spinner";
import { Tag } from "@hustings/ui/tag";
import { ChevronRight, FlaskConical } from "lucide-react";
import { useState } from "react";
import { enterAsDemoPerson } from "./enter";

type Person = SignInOptions["local"][number];

const ROLE_WORDS: Record<Person["role"], { word: string; what: string }> = {
  admin: { word: "Global admin", what: "Every workspace, every role" },
  member: { word: "Member", what: "Works with contacts, cannot send" },
  viewer: { word: "Viewer", what: "Looks, changes nothing" },
};

/** One click per person of the local demo. */
export function DemoPeople({
  people,
  next,
  isAlone,
  isSandbox,
}: {
  people: readonly Person[];
  next: string;
  isAlone: boolean;
  isSandbox: boolean;
}) {
  const [pending, setPending] = useState<string | null>(null);
  const [isRefused, setRefused] = useState(false);
  const enter = async (email: string) => {
    setPending(email);
    setRefused(false);
    const isIn = await enterAsDemoPerson(email, next).catch(() => false);
    if (isIn) return;
    setPending(null);
    setRefused(true);
  };
  return (
    <section aria-label="Demo people">
      {!isAlone && (
        <p className="mt-6 mb-3.5 flex items-center gap-3 text-sm text-muted-foreground before:flex-1 before:border-t before:border-border-strong after:flex-1 after:border-t after:border-border-strong">
          or try it with a demo person
        </p>
      )}
      <p className="mb-2 text-sm">
        <FlaskConical aria-hidden className="mr-1 inline size-3.5 align-[-2px]" />
        Only on this computer, with invented data.{isSandbox && " Email stays in the sandbox."}
      </p>
      {isRefused && (
        <Note tone="bad" isAlert className="mb-2">
          The sign-in did not work. Try again.
        </Note>
      )}
      <ul className="divide-y divide-border overflow-clip rounded-lg border border-border bg-card">
        {people.map((person) => (
          <li key={person.email}>
            <button
              type="button"
              aria-busy={pending === person.email || undefined}
              onClick={() => pending === null && void enter(person.email)}
              className="flex w-full items-center gap-3 px-3.5 py-[9px] text-left hover:bg-hover focus-visible:-outline-offset-2"
            >
              <Avatar name={person.name} />
              <span className="min-w-0 flex-1">
                <b className="block wrap-anywhere">{person.name}</b>
                <span className="block text-[12.5px] leading-4 text-muted-foreground">
                  {ROLE_WORDS[person.role].what}
                </span>
              </span>
              <Tag>{ROLE_WORDS[person.role].word}</Tag>
              {pending === person.email ? (
                <Spinner className="size-3.5" />
              ) : (
                <ChevronRight aria-hidden className="size-3.5" />
              )}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
