/**
 * Reads a secret setting that may hold several, separated by commas: the first makes new signatures, all of them
 * verify. That is how a secret is rotated without breaking what was signed before.
 */
export function parseSecrets(setting: string | undefined): string[] {
  return (setting ?? "")
    .split(",")
    .map((secret) => secret.trim())
    .filter((secret) => secret !== "");
}

/** Whether a secret stands in an example somewhere, or was not drawn by lot. */
export const isWeakSecret = (secret: string): boolean =>
  /change.?me|example|default|password|secret/i.test(secret) || new Set(secret).size < 10;
