/** Messages of one campaign that went, or were about to go, in one call. */
export type HandOver = {
  id: string;
  campaignId: string;
  /** In the order of the call. */
  contactIds: readonly string[];
  /** When it was written down, and how long ago that is, both by the journal's own clock: our machines' may be set. */
  startedAt: Date;
  ageMs: number;
  /** What the provider answered; both null while, or when, there is no answer. */
  bulkId: string | null;
  messageId: string | null;
};

/** Remembers calls past a crash of the process that made them. */
export interface HandOverJournal {
  /** Committed before the call is made. @returns the entry's id. */
  open(campaignId: string, contactIds: readonly string[]): Promise<string>;
  /** Notes that the provider took the messages. */
  accept(id: string, answer: { bulkId: string } | { messageId: string }): Promise<void>;
  /** Forgets a call of which surely nothing was taken. */
  drop(id: string): Promise<void>;
  /** The latest call of each person in a campaign, where there was one. */
  find(campaignId: string, contactIds: readonly string[]): Promise<ReadonlyMap<string, HandOver>>;
}
