/** More than any workspace has; the same number everywhere, so that one answer serves all. */
export const ALL_TAGS = 10_000;
/** More fields than any workspace has. */
export const ALL_FIELDS = 1_000;
