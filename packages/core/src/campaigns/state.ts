import type { CampaignStatus } from "@hustings/contracts/campaigns";
import type { WorkspaceContext } from "../context";
import { DomainError } from "../errors";

/** What can be done to a campaign. */
export type CampaignAction =
  | "edit"
  | "delete"
  | "send"
  | "schedule"
  | "recall"
  | "start"
  | "pause"
  | "stop"
  | "resume"
  | "cancel"
  | "finish"
  | "fail";

/** An admin of the workspace, or the app itself: a job, a sweep, the command line. */
type CampaignActor = "admin" | "app";
type Transition = {
  by: readonly CampaignActor[];
  from: readonly CampaignStatus[];
  to: CampaignStatus | "same" | "gone";
};

/**
 * The one table of who may do what when: draft → scheduled → queued → sending ⇄ paused → sent | cancelled | failed.
 * `stop` is a pause by the app itself, which only a person ends.
 */
export const TRANSITIONS: Record<CampaignAction, Transition> = {
  edit: { by: ["admin"], from: ["draft", "scheduled"], to: "same" },
  delete: { by: ["admin"], from: ["draft", "scheduled", "sent", "cancelled", "failed"], to: "gone" },
  schedule: { by: ["admin"], from: ["draft", "scheduled"], to: "scheduled" },
  send: { by: ["admin", "app"], from: ["draft", "scheduled"], to: "queued" },
  recall: { by: ["admin"], from: ["scheduled", "queued"], to: "draft" },
  start: { by: ["app"], from: ["queued"], to: "sending" },
  pause: { by: ["admin"], from: ["queued", "sending"], to: "paused" },
  stop: { by: ["app"], from: ["sending"], to: "paused" },
  resume: { by: ["admin"], from: ["paused"], to: "queued" },
  cancel: { by: ["admin"], from: ["scheduled", "queued", "sending", "paused"], to: "cancelled" },
  finish: { by: ["app"], from: ["sending"], to: "sent" },
  fail: { by: ["app"], from: ["scheduled", "queued", "sending"], to: "failed" },
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

/**
 * Stands before everything that is done to a campaign.
 *
 * @throws DomainError `forbidden` to who may never; `invalid` while its status does not allow it.
 */
export function assertAllowed(
  { principal, role }: Pick<WorkspaceContext, "principal" | "role">,
  action: CampaignAction,
  status: CampaignStatus,
): void {
  const actor: CampaignActor = principal.via.kind === "system" ? "app" : "admin";
  const isTheirs = TRANSITIONS[action].by.includes(actor) && (actor === "app" || role === "admin");
  if (!isTheirs) throw new DomainError("forbidden", `This is not yours to do: ${action} a campaign`);
  if (!isAllowed(action, status)) throw wrongState(action, status);
}

/** Whether a queued campaign's undo window is open: nothing of it has left, and it can be recalled. */
export const isHeld = <Hold extends { holdUntil: Date | null }>(
  campaign: Hold,
  now: Date,
): campaign is Hold & { holdUntil: Date } => campaign.holdUntil !== null && campaign.holdUntil > now;
