type Named = { firstName: string | null; lastName: string | null; email?: string | null };

/** First and last name, or null. */
export const fullName = ({ firstName, lastName }: Named): string | null =>
  [firstName, lastName].filter(Boolean).join(" ") || null;

/** What a person is called: name, else address, else “No name”. */
export const contactName = (contact: Named): string => fullName(contact) ?? contact.email ?? "No name";
