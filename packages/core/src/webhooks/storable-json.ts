/** Backslashes in pairs, so that none is taken for the beginning of an escape; or the escape of a NUL or half a surrogate pair. */
const UNSTORABLE = /\\(?:\\|u(?:0000|d[89a-f][0-9a-f]{2}))/g;

/** JSON that Postgres takes as jsonb: JSON.stringify escapes NUL and halves of surrogate pairs, and jsonb has neither. */
export const toStorableJson = (value: unknown): string =>
  JSON.stringify(value).replace(UNSTORABLE, (found) => (found === "\\\\" ? found : "\ufffd"));
