/** How each kind of activity is told when it has no words of its own. */
const LABELS: Record<string, string> = {
  email_sent: "Email sent",
  email_received: "Email received",
  call: "Phone call",
  meeting: "Meeting",
  note: "Note",
  form_submission: "Form sent in",
  event_attended: "Came to an event",
  action_taken: "Took action",
  stage_change: "Stage changed",
};

const CAMPAIGN_VERBS: Record<string, string> = {
  campaign_sent: "Got",
  campaign_opened: "Opened",
  campaign_clicked: "Clicked in",
  campaign_bounced: "Bounced:",
  campaign_complained: "Marked as spam:",
  campaign_unsubscribed: "Unsubscribed by",
};

/** One line for a list: what happened last. The title is an interaction's subject or a campaign's name. */
export function describeActivity(type: string, title: string | null): string {
  const verb = CAMPAIGN_VERBS[type];
  if (verb) return `${verb} ${title ?? "a campaign"}`;
  return title || (LABELS[type] ?? type);
}
