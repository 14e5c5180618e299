import type { TicketPriority, TicketStatus, TicketType } from "@hustings/contracts/support-tickets";
import type { Tone } from "@hustings/ui/tone";
import {
  Archive,
  Bug,
  ChevronDown,
  ChevronsUp,
  CircleCheck,
  CircleDot,
  Equal,
  Hammer,
  Lightbulb,
  type LucideIcon,
} from "lucide-react";

type Look = { word: string; icon: LucideIcon; tone: Tone };

/** Where a ticket stands: always icon, word and colour. */
export const STATUSES: Record<TicketStatus, Look> = {
  open: { word: "Open", icon: CircleDot, tone: "look" },
  in_progress: { word: "In progress", icon: Hammer, tone: "info" },
  resolved: { word: "Resolved", icon: CircleCheck, tone: "good" },
  closed: { word: "Closed", icon: Archive, tone: "neutral" },
};

export const TYPES: Record<TicketType, Look> = {
  bug: { word: "Bug", icon: Bug, tone: "neutral" },
  feature: { word: "Idea", icon: Lightbulb, tone: "neutral" },
};

export const PRIORITIES: Record<TicketPriority, Look> = {
  high: { word: "High", icon: ChevronsUp, tone: "bad" },
  medium: { word: "Medium", icon: Equal, tone: "neutral" },
  low: { word: "Low", icon: ChevronDown, tone: "neutral" },
};

/** The API's values in the order of a menu. */
export const STATUS_NAMES = Object.keys(STATUSES) as TicketStatus[];
export const TYPE_NAMES = Object.keys(TYPES) as TicketType[];
export const PRIORITY_NAMES = Object.keys(PRIORITIES) as TicketPriority[];
