import type { CampaignStatus } from "@hustings/contracts/campaigns";
import { Button } from "@hustings/ui/button";
import { EmptyState, FilteredEmptyState } from "@hustings/ui/empty-state";
import { Select } from "@hustings/ui/select";
import { statusWord } from "@hustings/ui/status";
import { Megaphone, Plus } from "lucide-react";
import { useRouter } from "next/router";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useCommands } from "~/client/commands";
import { useListState } from "~/client/list-state";
import { useNotAllowedReason } from "~/client/role";
import { trpc } from "~/client/trpc";
import { useWorkspacePath } from "~/client/workspace";
import { DataTable } from "~/components/data-table/data-table";
import { ListTop } from "~/components/data-table/list-top";
import { Screen } from "~/components/frame/screen";
import { createCampaignColumns, type ListedCampaign } from "./campaign-columns";
import { CampaignPhoneRow } from "./campaign-phone-row";

const NOUN = { one: "campaign", many: "campaigns" };
const STATUSES = [
  "draft",
  "scheduled",
  "queued",
  "sending",
  "paused",
  "sent",
  "cancelled",
  "failed",
] as const satisfies readonly CampaignStatus[];
const ANY = "any";
/** While something is under way its numbers move. */
const POLL_MS = 5_000;
const isMoving = (campaign: ListedCampaign) => campaign.status === "queued" || campaign.status === "sending";

/** Every campaign of the workspace, newest first, with how it did. */
export function CampaignsScreen() {
  const router = useRouter();
  const toPath = useWorkspacePath();
  const list = useListState({ sorts: ["newest"], defaultOrder: "desc", pageSize: 25 });
  const [status, setStatus] = useQueryState("status", parseAsStringLiteral(STATUSES));
  const offset = (list.page - 1) * list.pageSize;
  // One more than is shown tells whether there is a next page.
  const campaigns = trpc.campaigns.list.useQuery(
    {
      limit: list.pageSize + 1,
      offset,
      ...(list.search ? { search: list.search } : {}),
      ...(status ? { status } : {}),
    },
    {
      placeholderData: (before) => before,
      refetchInterval: ({ state }) => (state.data?.some(isMoving) ? POLL_MS : false),
    },
  );
  const hasMore = (campaigns.data?.length ?? 0) > list.pageSize;
  const offReason = useNotAllowedReason("admin", "write and send campaigns");
  const toHref = (campaign: ListedCampaign) => toPath(`/campaigns/${campaign.id}`);
  const openNew = () => void router.push(toPath("/campaigns/new"));
  useCommands(offReason ? [] : [{ id: "campaign-new", label: "New campaign", key: "c", group: "here", run: openNew }]);

  const add = (
    <Button variant="primary" icon={<Plus aria-hidden />} offReason={offReason} onClick={openNew}>
      New campaign
    </Button>
  );
  const changeStatus = (value: CampaignStatus | typeof ANY) => {
    list.setPage(1);
    void setStatus(value === ANY ? null : value);
  };
  return (
    <Screen title="Campaigns" isFlush>
      <ListTop
        title="Campaigns"
        lede="One email to many people, and what became of it."
        list={list}
        searchLabel="Search campaigns"
        actions={add}
        filters={
          <Select
            aria-label="Status"
            value={status ?? ANY}
            onValueChange={changeStatus}
            options={[
              { value: ANY, label: "Any status" },
              ...STATUSES.map((value) => ({ value, label: statusWord(value) })),
            ]}
            className="w-38 max-md:w-full"
          />
        }
      />
      <DataTable
        id="campaigns"
        label="Campaigns"
        noun={NOUN}
        columns={createCampaignColumns(toHref)}
        list={list}
        rows={campaigns.data?.slice(0, list.pageSize)}
        total={campaigns.data && offset + campaigns.data.length}
        isTotalBound={hasMore}
        query={campaigns}
        rowId={(campaign) => campaign.id}
        rowName={(campaign) => campaign.name}
        onOpen={(campaign) => void router.push(toHref(campaign))}
        phoneRow={(campaign) => <CampaignPhoneRow campaign={campaign} href={toHref(campaign)} />}
        isFiltered={list.search !== "" || status !== null}
        filteredEmpty={
          <FilteredEmptyState
            title={`No campaign matches ${[list.search && `“${list.search}”`, status && `the status ${statusWord(status)}`].filter(Boolean).join(" and ")}.`}
            actions={
              <Button
                size="sm"
                onClick={() => {
                  list.setSearchText("");
                  void setStatus(null);
                }}
              >
                Show all campaigns
              </Button>
            }
          />
        }
        empty={
          <EmptyState icon={Megaphone} title="No campaigns yet" actions={add}>
            Write once, see it as anyone will, check who gets it and why, then send. Nothing leaves before you press
            send twice.
          </EmptyState>
        }
      />
    </Screen>
  );
}
