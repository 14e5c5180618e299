/**
 * Breaks `{{` and `{%` by an invisible character (a zero-width space): MailerSend compiles such braces itself, and what
 * we hand over holds them only from data or on purpose.
 *
 * @param kind in HTML the character is written as an entity.
 */
export function breakBraces(text: string, kind: "html" | "text"): string {
  return text.replace(/\{(?=[{%])/g, kind === "html" ? "{&#8203;" : "{\u200b");
}
