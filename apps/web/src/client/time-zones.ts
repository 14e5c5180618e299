/** Every time zone that this browser knows, by name, for a list to choose from. */
export function listTimeZones(): { value: string; label: string }[] {
  const names = new Set([...Intl.supportedValuesOf("timeZone"), "UTC"]);
  return [...names].map((name) => ({ value: name, label: nameTimeZone(name) }));
}

/** `America/New_York` as a person writes it. */
export const nameTimeZone = (name: string): string => name.replaceAll("_", " ");
