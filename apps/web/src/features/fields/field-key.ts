/** `Can host` → `can_host`: how emails and scripts call a field. Short, and safe to write in a template. */
export const toFieldKey = (label: string): string =>
  label
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, 100);
