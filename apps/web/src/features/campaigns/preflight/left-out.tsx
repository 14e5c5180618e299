import type { Audience, LeftOutReason } from "@hustings/contracts/campaign-recipients";
import { Card, CardHeader } from "@hustings/ui/card";
import { formatCount } from "@hustings/ui/count";
import { AtSign, Ban, BellOff, ChevronRight, Copy, type LucideIcon, MailWarning, MailX, OctagonX } from "lucide-react";
import { countLeftOut, leftOutOf, REASONS, reasonWords } from "../audience-words";
import type { AudienceGroup } from "./audience-drawer";

const ICON: Record<LeftOutReason, LucideIcon> = {
  noEmail: AtSign,
  unsubscribed: BellOff,
  category: BellOff,
  hard_bounce: MailX,
  soft_bounces: MailWarning,
  complaint: OctagonX,
  manual: Ban,
  duplicate: Copy,
};

/** Each reason with its number; the number opens the people. */
export function LeftOut({
  audience,
  categoryName,
  onOpen,
}: {
  audience: Audience;
  categoryName: string | null;
  onOpen: (group: AudienceGroup) => void;
}) {
  // A reason that cannot occur here (no category, no duplicates) would only be noise at 0.
  const shown = REASONS.filter((reason) => countLeftOut(audience, reason) > 0).sort(
    (a, b) => countLeftOut(audience, b) - countLeftOut(audience, a),
  );
  return (
    <Card aria-label="Who is left out, and why">
      <CardHeader
        title="Who is left out, and why"
        note={shown.length > 0 ? <span className="max-md:hidden">Every number opens the people</span> : undefined}
      />
      {shown.length === 0 ? (
        <p className="px-4 py-3.5 text-sm text-muted-foreground">Nobody. Everyone who matches gets it.</p>
      ) : (
        <ul className="divide-y divide-border">
          {shown.map((reason) => {
            const { title, hint } = reasonWords(reason, categoryName);
            const Icon = ICON[reason];
            return (
              <li key={reason}>
                <button
                  type="button"
                  onClick={() => onOpen(reason)}
                  className="flex min-h-[50px] w-full items-center gap-3 px-4 py-2 text-left hover:bg-hover focus-visible:-outline-offset-2"
                >
                  <Icon aria-hidden className="text-muted-foreground" />
                  <span className="min-w-0 flex-1">
                    <b className="block">{title}</b>
                    <span className="block text-[12.5px] leading-[17px] text-muted-foreground">{hint}</span>
                  </span>
                  <b className="font-display text-md">
                    {formatCount(countLeftOut(audience, reason))}
                    <span className="sr-only"> people</span>
                  </b>
                  <ChevronRight aria-hidden className="size-3.5" />
                </button>
              </li>
            );
          })}
          <li className="flex min-h-[42px] items-center gap-3 bg-sunken px-4 py-2">
            <span className="flex-1 pl-7">Together</span>
            <b className="pr-[26px] font-display text-md">{formatCount(leftOutOf(audience))}</b>
          </li>
        </ul>
      )}
    </Card>
  );
}
