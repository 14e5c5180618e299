import type { TicketPriority, TicketStatus, TicketType } from "@hustings/contracts/support-tickets";
import { StatusPill } from "@hustings/ui/status";
import { PRIORITIES, STATUSES, TYPES } from "./ticket-words";

type MarkProps = { isBare?: boolean };

export function StatusMark({ status, isBare }: MarkProps & { status: TicketStatus }) {
  const { word, icon, tone } = STATUSES[status];
  return (
    <StatusPill tone={tone} icon={icon} isBare={isBare ?? false}>
      {word}
    </StatusPill>
  );
}

export function TypeMark({ type, isBare }: MarkProps & { type: TicketType }) {
  const { word, icon, tone } = TYPES[type];
  return (
    <StatusPill tone={tone} icon={icon} isBare={isBare ?? false}>
      {word}
    </StatusPill>
  );
}

export function PriorityMark({ priority, isBare }: MarkProps & { priority: TicketPriority }) {
  const { word, icon, tone } = PRIORITIES[priority];
  return (
    <StatusPill tone={tone} icon={icon} isBare={isBare ?? false}>
      {word}
    </StatusPill>
  );
}
