import type { CampaignStatus } from "@hustings/contracts/campaigns";
import { DomainError } from "../errors";

/** What can be done to a campaign, by a person or by a job. */
export type CampaignAction =
  | "edit"
  | "delete"
  | "send"
  | "schedule"
  | "recall"
  | "start"
  | "pause"
  | "resume"
  | "cancel"
  | "finish"
  | "fail";

type Transition = { from: readonly CampaignStatus[]; to: CampaignStatus | "same" | "gone" };

/** The one table of who may follow whom: draft → scheduled → queued → sending ⇄ paused → sent | cancelled | failed. */
export const TRANSITIONS: Record<CampaignAction, Transition> = {
  edit: { from: ["draft", "scheduled"], to: "same" },
  delete: { from: ["draft", "scheduled", "sent", "cancelled", "failed"], to: "gone" },
  schedule: { from: ["draft", "scheduled"], to: "scheduled" },
  send: { from: ["draft", "scheduled"], to: "queued" },
  recall: { from: ["scheduled", "queued"], to: "draft" },
  start: { from: ["queued"], to: "sending" },
  pause: { from: ["queued", "sending"], to: "paused" },
  resume: { from: ["paused"], to: "queued" },
  cancel: { from: ["scheduled", "queued", "sending", "paused"], to: "cancelled" },
  finish: { from: ["sending"], to: "sent" },
  fail: { from: ["scheduled", "queued", "sending"], to: "failed" },
};

const WORDS: Record<CampaignStatus, string> = {
  draft: "is still a draft",
  scheduled: "is scheduled",
  queued: "has already been queued for sending",
  sending: "is already being sent",
  paused: "is paused in the middle of sending",
  sent: "has already been sent",
  cancelled: "was cancelled",
  failed: "has failed",
};

export const isAllowed = (action: CampaignAction, status: CampaignStatus): boolean =>
  TRANSITIONS[action].from.includes(status);

/** The 400 for an action that the campaign's status does not allow, in words. */
export const wrongState = (action: CampaignAction, status: CampaignStatus): DomainError =>
  new DomainError("invalid", `Cannot ${action} this campaign: it ${WORDS[status]}.`);

/** Whether a queued campaign's undo window is open: nothing of it has left, and it can be recalled. */
export const isHeld = <Hold extends { holdUntil: Date | null }>(
  campaign: Hold,
  now: Date,
): campaign is Hold & { holdUntil: Date } => campaign.holdUntil !== null && campaign.holdUntil > now;
