import type { Campaign } from "@hustings/contracts/campaigns";

/** What is written in the editor. */
export type Draft = Pick<
  Campaign,
  | "name"
  | "subject"
  | "preheader"
  | "body"
  | "fromName"
  | "fromEmail"
  | "segmentId"
  | "categoryId"
  | "allowNoUnsubscribe"
>;

/** The part of a campaign that is written. */
export const toDraft = ({
  name,
  subject,
  preheader,
  body,
  fromName,
  fromEmail,
  segmentId,
  categoryId,
  allowNoUnsubscribe,
}: Draft): Draft => ({
  name,
  subject,
  preheader,
  body,
  fromName,
  fromEmail,
  segmentId,
  categoryId,
  allowNoUnsubscribe,
});

/** What differs, or null. */
export function findChanges(saved: Draft, draft: Draft): Partial<Draft> | null {
  const keys = (Object.keys(draft) as (keyof Draft)[]).filter((key) => draft[key] !== saved[key]);
  return keys.length > 0 ? Object.fromEntries(keys.map((key) => [key, draft[key]])) : null;
}
