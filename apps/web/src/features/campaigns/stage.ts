import type { Campaign } from "@hustings/contracts/campaigns";

type WithStatus = Pick<Campaign, "status">;

/** Still a text that can be changed. */
export const isEditable = ({ status }: WithStatus): boolean => status === "draft" || status === "scheduled";
/** Pressed send, and not over. */
export const isRunning = ({ status }: WithStatus): boolean =>
  status === "queued" || status === "sending" || status === "paused";

/** Pressed send, and nothing leaves yet: it can be taken back. */
export const isHeld = ({ status, holdUntil }: Pick<Campaign, "status" | "holdUntil">): boolean =>
  status === "queued" && holdUntil !== null;
