/** What one row says of one person; null and absent: nothing, and then nothing changes. */
export type PersonRow = {
  email: string | null;
  firstName: string | null;
  lastName: string | null;
  language: string | null;
  /** By stored key. */
  customFields: Record<string, string>;
  /** Names, as they are written. */
  tags: string[];
};

export const emptyRow = (): PersonRow => ({
  email: null,
  firstName: null,
  lastName: null,
  language: null,
  // Without a prototype: a field may be called "constructor".
  customFields: Object.create(null) as Record<string, string>,
  tags: [],
});
