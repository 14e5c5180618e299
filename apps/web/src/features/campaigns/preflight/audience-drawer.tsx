import type { LeftOutReason } from "@hustings/contracts/campaign-recipients";
import type { Campaign } from "@hustings/contracts/campaigns";
import { Button } from "@hustings/ui/button";
import { formatCount, formatCountOf } from "@hustings/ui/count";
import { Drawer } from "@hustings/ui/drawer";
import { EmptyState } from "@hustings/ui/empty-state";
import { Select } from "@hustings/ui/select";
import { SkeletonRows } from "@hustings/ui/skeleton";
import { useState } from "react";
import { trpc } from "~/client/trpc";
import { QueryError } from "~/components/query-error";
import { countLeftOut, REASONS, reasonWords } from "../audience-words";
import { personName } from "../person-name";
import { PersonRow } from "../person-row";

/** `leftOut` is all reasons together, one at a time. */
export type AudienceGroup = "matched" | "recipients" | "leftOut" | LeftOutReason;
const PAGE_SIZE = 50;
const isReason = (group: AudienceGroup): group is LeftOutReason =>
  group !== "matched" && group !== "recipients" && group !== "leftOut";

export type AudienceDrawerProps = {
  campaign: Campaign;
  group: AudienceGroup;
  categoryName: string | null;
  isOpen: boolean;
  onClose: () => void;
};

/** The people behind one number of the pre-flight. */
export function AudienceDrawer({ campaign, group, categoryName, isOpen, onClose }: AudienceDrawerProps) {
  const audience = trpc.campaigns.audience.useQuery({ id: campaign.id });
  const [reason, setReason] = useState<LeftOutReason | null>(null);
  const present = REASONS.filter((name) => audience.data && countLeftOut(audience.data, name) > 0);
  const shown = group === "leftOut" ? (reason && present.includes(reason) ? reason : (present[0] ?? "noEmail")) : group;
  const title = isReason(shown)
    ? reasonWords(shown, categoryName).title
    : shown === "matched"
      ? "Who matches"
      : "Who gets it";
  return (
    <Drawer
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      title={group === "leftOut" ? "Who is left out, and why" : title}
    >
      {group === "leftOut" && (
        <Select
          aria-label="Why"
          value={shown}
          onValueChange={(value) => setReason(value as LeftOutReason)}
          options={present.map((name) => ({
            value: name,
            label: `${reasonWords(name, categoryName).title}: ${formatCount(audience.data ? countLeftOut(audience.data, name) : 0)}`,
          }))}
          className="mb-3"
        />
      )}
      <People key={shown} campaignId={campaign.id} group={shown as Exclude<AudienceGroup, "leftOut">} />
    </Drawer>
  );
}

function People({ campaignId, group }: { campaignId: string; group: Exclude<AudienceGroup, "leftOut"> }) {
  const [page, setPage] = useState(1);
  const query = trpc.campaigns.audiencePeople.useQuery(
    { id: campaignId, group, page, pageSize: PAGE_SIZE },
    { placeholderData: (before) => before },
  );
  if (!query.data)
    return query.error ? (
      <QueryError title="The people did not load." error={query.error} onRetry={() => void query.refetch()} />
    ) : (
      <SkeletonRows label="Loading people" rows={8} />
    );
  const { people, total } = query.data;
  if (total === 0) return <EmptyState title="Nobody" />;
  return (
    <>
      <p role="status" className="mb-2 text-sm text-muted-foreground">
        {formatCountOf(total, "person", "people")}
      </p>
      <ul aria-label="People" aria-busy={query.isFetching} className="-mx-5 border-t border-border max-md:-mx-3.5">
        {people.map((person) => (
          <PersonRow
            key={person.id}
            campaignId={campaignId}
            contactId={person.id}
            name={personName(person)}
            email={person.email}
          />
        ))}
      </ul>
      <PageButtons page={page} hasNext={page * PAGE_SIZE < total} onPage={setPage} />
    </>
  );
}

/** Back and forth in a drawer; nothing while one page holds all. */
export function PageButtons({
  page,
  hasNext,
  onPage,
}: {
  page: number;
  hasNext: boolean;
  onPage: (page: number) => void;
}) {
  if (page === 1 && !hasNext) return null;
  return (
    <div className="mt-3 flex gap-2">
      <Button size="sm" offReason={page === 1 && "This is the first page"} onClick={() => onPage(page - 1)}>
        Page before
      </Button>
      <Button size="sm" offReason={!hasNext && "This is the last page"} onClick={() => onPage(page + 1)}>
        Next page
      </Button>
    </div>
  );
}
