import type { Contact } from "@hustings/contracts/contacts";
import { Switch } from "@hustings/ui/switch";
import { notifyFailed } from "@hustings/ui/toast";
import { useState } from "react";
import { useNotAllowedReason } from "~/client/role";
import { trpc } from "~/client/trpc";
import { contactName } from "../contact-name";
import { type SaveFact, useUpdateContact } from "./use-update-contact";

/** What the person said yes and no to: all email, and each category of this workspace. */
export function Preferences({ contact }: { contact: Contact }) {
  const save = useUpdateContact(contact);
  const categories = trpc.categories.list.useQuery({});
  const offReason = useNotAllowedReason("member", "change what people said no to");
  const mayEmail = !contact.globallyUnsubscribed;
  const preferences = contact.communicationPreferences;
  const saidNo = !mayEmail || Object.values(preferences).includes("unsubscribed");
  const name = contact.firstName || contactName(contact);
  return (
    <section aria-labelledby="preferences">
      <h2 id="preferences" className="mb-1.5 text-base font-semibold">
        May we email {name}?
      </h2>
      <ul className="grid gap-1 text-table">
        <Preference
          label="Any email at all"
          isYes={mayEmail}
          isOff={offReason !== null}
          save={save}
          toChanges={(isYes) => ({ globallyUnsubscribed: !isYes })}
        />
        {(categories.data ?? []).map((category) => (
          <Preference
            key={category.id}
            label={category.name}
            isYes={mayEmail && preferences[category.id] !== "unsubscribed"}
            isOff={offReason !== null || !mayEmail}
            save={save}
            toChanges={(isYes) => ({
              communicationPreferences: { [category.id]: isYes ? "subscribed" : "unsubscribed" },
            })}
          />
        ))}
      </ul>
      <p className="mt-1.5 text-sm text-muted-foreground">
        {offReason ??
          (saidNo
            ? `Say yes again only when ${name} asked for it.`
            : "The choice of the person, here and by the link in every email.")}
      </p>
    </section>
  );
}

type PreferenceProps = {
  label: string;
  isYes: boolean;
  isOff: boolean;
  save: SaveFact;
  toChanges: (isYes: boolean) => Parameters<SaveFact>[1];
};

function Preference({ label, isYes, isOff, save, toChanges }: PreferenceProps) {
  // Shown as chosen until the server has answered.
  const [wanted, setWanted] = useState<boolean | null>(null);
  const shown = wanted ?? isYes;
  const change = (next: boolean) => {
    setWanted(next);
    save(label, toChanges(next))
      .catch((reason: Error) => notifyFailed(reason.message))
      .finally(() => setWanted(null));
  };
  return (
    <li className="flex items-center gap-2">
      <span className="min-w-0 flex-1 wrap-anywhere">{label}</span>
      <span aria-hidden className={shown ? "font-semibold text-success" : "font-semibold text-muted-foreground"}>
        {shown ? "Yes" : "No"}
      </span>
      <Switch
        aria-label={`Email: ${label}`}
        checked={shown}
        disabled={isOff}
        onChange={(event) => change(event.target.checked)}
      />
    </li>
  );
}
