type Named = { firstName: string | null; lastName: string | null; email: string | null };

/** What a person is called: name, else address, else “No name”. */
export const personName = ({ firstName, lastName, email }: Named): string =>
  [firstName, lastName].filter(Boolean).join(" ") || email || "No name";
