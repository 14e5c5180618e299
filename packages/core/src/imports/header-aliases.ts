/**
 * Column headers as Mailchimp, Action Network, Google Contacts and people write them, after `normalizeHeader`.
 * Targets are those of a mapping; `phone` and the like have no core field and match a custom field of that name.
 */
const ALIASES: Record<string, readonly string[]> = {
  email: [
    "email",
    "e mail",
    "email address",
    "e mail address",
    "e mail 1 value",
    "epost",
    "e post",
    "e postadress",
    "mail",
    "correo",
    "correo electrónico",
    "courriel",
    "e naslov",
    "email adresse",
  ],
  firstName: [
    "first name",
    "firstname",
    "given name",
    "forename",
    "förnamn",
    "vorname",
    "prénom",
    "nombre",
    "ime",
    "first",
  ],
  lastName: [
    "last name",
    "lastname",
    "family name",
    "surname",
    "efternamn",
    "nachname",
    "nom",
    "nom de famille",
    "apellido",
    "apellidos",
    "priimek",
    "last",
  ],
  language: ["language", "lang", "locale", "språk", "sprache", "langue", "idioma", "jezik"],
  tags: ["tags", "tag", "labels", "group membership", "groups", "can2 user tags", "taggar", "etiketter", "skupina"],
};

const TARGET_OF = new Map(
  Object.entries(ALIASES).flatMap(([target, names]) => names.map((name) => [name, target] as const)),
);

/** A header without what differs by program and habit: case, width, marks, quotes, and kinds of space. */
export const normalizeHeader = (header: string): string =>
  header
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\ufeff"'*]/g, "")
    .replace(/[\s_-]+/g, " ")
    .trim();

/** A word split by its capitals, so that `firstName` and `cityOfBirth` read like `first name`. */
const splitCamelCase = (text: string): string => text.replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2");

/** The core target that a header means, if any. */
export function findCoreTarget(header: string): string | undefined {
  const normalized = normalizeHeader(header);
  // "Security contact email" is an address too; the exact alias of another column goes first (guessMapping).
  return TARGET_OF.get(normalized) ?? TARGET_OF.get(normalizeHeader(splitCamelCase(header)));
}

/** Whether a header ends in a word for an address: `Security contact email`. */
export const endsInEmail = (header: string): boolean => /(^|\s)(e ?mail|epost)$/.test(normalizeHeader(header));
