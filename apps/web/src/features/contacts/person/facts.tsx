import type { Contact } from "@hustings/contracts/contacts";
import { Skeleton } from "@hustings/ui/skeleton";
import type { ReactNode } from "react";
import { useNotAllowedReason } from "~/client/role";
import { trpc } from "~/client/trpc";
import { ALL_FIELDS } from "../list-limits";
import { FactEditor } from "./fact-editor";
import { useUpdateContact } from "./use-update-contact";

const CORE = [
  { key: "firstName", label: "First name", fieldType: "text" },
  { key: "lastName", label: "Last name", fieldType: "text" },
  { key: "email", label: "Email", fieldType: "email" },
  { key: "language", label: "Language", fieldType: "text" },
] as const;

/** What is known about a person; each fact is changed where it stands. */
export function Facts({ contact }: { contact: Contact }) {
  const save = useUpdateContact(contact);
  const fields = trpc.fields.list.useQuery({ limit: ALL_FIELDS });
  const readOnlyReason = useNotAllowedReason("member", "change facts") ?? undefined;
  const defined = new Set(fields.data?.map(({ name }) => name));
  // Imports and the API may write names that nobody defined.
  const loose = fields.data ? Object.keys(contact.customFields).filter((name) => !defined.has(name)) : [];
  const custom = [
    ...(fields.data ?? []),
    ...loose.map((name) => ({ name, label: name, fieldType: "text" as const, options: null })),
  ];
  return (
    <dl className="grid gap-y-1.5 text-table">
      {CORE.map(({ key, label, fieldType }) => (
        <Fact key={key} label={label}>
          <FactEditor
            field={{ label, fieldType, options: null }}
            value={contact[key] ?? ""}
            display={key === "language" ? languageName(contact.language) : undefined}
            onSave={(value) => save(label, { [key]: value || null })}
            readOnlyReason={readOnlyReason}
          />
        </Fact>
      ))}
      {fields.isPending && <Skeleton className="w-2/3" />}
      {custom.map((field) => (
        <Fact key={field.name} label={field.label}>
          <FactEditor
            field={field}
            value={contact.customFields[field.name] ?? ""}
            onSave={(value) => save(field.label, { customFields: { [field.name]: value } })}
            readOnlyReason={readOnlyReason}
          />
        </Fact>
      ))}
    </dl>
  );
}

/** What the language calls itself: `sl` → `Slovenščina`. */
function languageName(code: string | null): string | undefined {
  if (!code) return undefined;
  const name = new Intl.DisplayNames([code], { type: "language" }).of(code);
  return name && name.charAt(0).toLocaleUpperCase(code) + name.slice(1);
}

const Fact = ({ label, children }: { label: string; children: ReactNode }) => (
  <div className="grid grid-cols-[104px_minmax(0,1fr)] items-baseline gap-x-1.5">
    <dt className="wrap-anywhere text-muted-foreground">{label}</dt>
    <dd className="min-w-0">{children}</dd>
  </div>
);
