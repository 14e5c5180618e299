import { CircleCheck, CircleX, FlaskConical, Info, type LucideIcon, Send, TriangleAlert } from "lucide-react";

/** What a thing means: `good` worked, `look` wants a look, `bad` failed, `sandbox` is pretend, `send` lets mail out. */
export type Tone = "neutral" | "info" | "good" | "look" | "bad" | "sandbox" | "send";

/** Soft ground and readable ink of a tone. */
export const TONE_SURFACE: Record<Tone, string> = {
  neutral: "bg-neutral-soft text-neutral",
  info: "bg-info-soft text-info",
  good: "bg-success-soft text-success",
  look: "bg-warning-soft text-warning",
  bad: "bg-danger-soft text-danger",
  sandbox: "bg-sandbox-soft text-sandbox-text",
  send: "bg-send-soft text-send-text",
};

/** Ink alone. */
export const TONE_TEXT: Record<Tone, string> = {
  neutral: "text-muted-foreground",
  info: "text-info",
  good: "text-success",
  look: "text-warning",
  bad: "text-danger",
  sandbox: "text-sandbox-text",
  send: "text-send-text",
};

/** The icon a tone gets when its owner names none. */
export const TONE_ICON: Record<Tone, LucideIcon> = {
  neutral: Info,
  info: Info,
  good: CircleCheck,
  look: TriangleAlert,
  bad: CircleX,
  sandbox: FlaskConical,
  send: Send,
};
