import type { FieldDefinition } from "@hustings/contracts/fields";
import { Button } from "@hustings/ui/button";
import { Menu, MenuContent, MenuItem, MenuLabel, MenuSeparator, MenuTrigger } from "@hustings/ui/menu";
import { Braces } from "lucide-react";
import { useRef } from "react";

const PERSON = [
  { label: "First name", text: '{{ contact.firstName | default: "friend" }}' },
  { label: "Last name", text: '{{ contact.lastName | default: "" }}' },
  { label: "Email address", text: "{{ contact.email }}" },
  { label: "Language", text: '{{ contact.language | default: "en" }}' },
];
const LINKS = [
  { label: "Unsubscribe link", text: "{{ unsubscribeUrl }}" },
  { label: "Preferences link", text: "{{ preferencesUrl }}" },
  { label: "Postal address", text: "{{ postalAddress }}" },
  { label: "Name of this workspace", text: "{{ workspace.name }}" },
];

const pathOf = (name: string) =>
  /^[A-Za-z_][\w-]*$/.test(name) ? `contact.customFields.${name}` : `contact.customFields["${name}"]`;

/** Puts a field where the cursor is, with a fallback for people who have none. */
export function InsertFieldMenu({
  fields,
  onInsert,
  offReason,
}: {
  fields: readonly FieldDefinition[];
  onInsert: (text: string) => void;
  offReason: string | null;
}) {
  const chosen = useRef<string | null>(null);
  const item = ({ label, text }: { label: string; text: string }) => (
    <MenuItem key={label} onSelect={() => (chosen.current = text)}>
      {label}
    </MenuItem>
  );
  const trigger = (
    <Button variant="quiet" size="sm" icon={<Braces aria-hidden />} offReason={offReason}>
      Insert a field
    </Button>
  );
  if (offReason) return trigger;
  return (
    <Menu>
      <MenuTrigger asChild>{trigger}</MenuTrigger>
      <MenuContent
        // The text gets the focus, not the button, and only when the menu is gone.
        onCloseAutoFocus={(event) => {
          if (chosen.current === null) return;
          event.preventDefault();
          onInsert(chosen.current);
          chosen.current = null;
        }}
      >
        <MenuLabel>Person</MenuLabel>
        {PERSON.map(item)}
        {fields.length > 0 && <MenuLabel>Fields</MenuLabel>}
        {fields.map((field) => item({ label: field.label, text: `{{ ${pathOf(field.name)} | default: "" }}` }))}
        <MenuSeparator />
        {LINKS.map(item)}
      </MenuContent>
    </Menu>
  );
}
