/** As many as one would look back for; the same number everywhere, so that one answer serves all. */
export const RECENT_CAMPAIGNS = 100;
