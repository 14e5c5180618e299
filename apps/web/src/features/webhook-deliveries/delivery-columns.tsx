import type { WebhookDelivery } from "@hustings/contracts/webhook-deliveries";
import { formatCountOf } from "@hustings/ui/count";
import { StatusPill } from "@hustings/ui/status";
import { EmptyValue } from "@hustings/ui/table";
import { RelativeTime } from "@hustings/ui/time";
import type { DataColumn } from "~/components/data-table/column";
import { aboutWords, OUTCOMES, typeWord } from "./delivery-words";

export function OutcomePill({ delivery, isBare }: { delivery: WebhookDelivery; isBare?: boolean }) {
  const { word, icon, tone } = OUTCOMES[delivery.outcome];
  return (
    <StatusPill tone={tone} icon={icon} isBare={isBare ?? false}>
      {word}
    </StatusPill>
  );
}

export const DELIVERY_COLUMNS: DataColumn<WebhookDelivery>[] = [
  {
    id: "type",
    label: "What",
    isFixed: true,
    width: "20%",
    cell: (delivery) => (
      <b className="block truncate">
        {typeWord(delivery.type)}
        {delivery.likelyMachine && <span className="font-normal text-muted-foreground">, by a machine</span>}
      </b>
    ),
  },
  { id: "outcome", label: "What became of it", width: "160px", cell: (row) => <OutcomePill delivery={row} isBare /> },
  {
    id: "about",
    label: "About",
    cell: (delivery) => {
      const words = delivery.error ?? aboutWords(delivery);
      return words ? (
        <span className="block truncate" title={words}>
          {words}
        </span>
      ) : (
        <EmptyValue />
      );
    },
  },
  {
    id: "repeats",
    label: "Came again",
    width: "110px",
    isWideOnly: true,
    cell: ({ repeats }) =>
      repeats > 0 ? <span className="text-muted-foreground">{formatCountOf(repeats, "time")}</span> : <EmptyValue />,
  },
  {
    id: "id",
    label: "Event",
    width: "200px",
    isWideOnly: true,
    cell: ({ id }) => <span className="block truncate font-mono text-sm text-muted-foreground">{id}</span>,
  },
  {
    id: "receivedAt",
    label: "When",
    width: "150px",
    cell: ({ receivedAt }) => <RelativeTime at={receivedAt} isFocusable={false} className="text-muted-foreground" />,
  },
];

export function DeliveryPhoneRow({ delivery }: { delivery: WebhookDelivery }) {
  const about = delivery.error ?? aboutWords(delivery);
  return (
    <div className="min-w-0">
      <span className="flex items-center justify-between gap-2">
        <b className="truncate">{typeWord(delivery.type)}</b>
        <OutcomePill delivery={delivery} isBare />
      </span>
      <span className="block truncate text-sm text-muted-foreground">
        {about && `${about} · `}
        <RelativeTime at={delivery.receivedAt} isFocusable={false} />
      </span>
    </div>
  );
}
