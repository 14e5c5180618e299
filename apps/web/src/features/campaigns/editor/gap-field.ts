/** What a gap's check says to write: `{{ contact.customFields.mp | default: "…" }}`. */
const PROPOSAL = /\{\{ (.+?) \| default/;
const CUSTOM = /^contact\.customFields(?:\.([\w-]+)|\["(.+)"\])$/;
const CORE = /^contact\.(email|firstName|lastName|language)$/;

/** The path that a gap's check speaks of, as the template has it. */
export const gapPath = (message: string): string | undefined => PROPOSAL.exec(message)?.[1];

/** The same as filters name it; undefined for what is no field of people. */
export function gapField(path: string): string | undefined {
  const [, plain, quoted] = CUSTOM.exec(path) ?? [];
  const custom = plain ?? quoted;
  return custom === undefined ? CORE.exec(path)?.[1] : `customFields.${custom}`;
}
