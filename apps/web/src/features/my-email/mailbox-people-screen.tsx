import type { GmailContact } from "@hustings/contracts/email-connections";
import { EmptyState } from "@hustings/ui/empty-state";
import { SegmentedControl } from "@hustings/ui/segmented-control";
import { Users } from "lucide-react";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useListState } from "~/client/list-state";
import { trpc } from "~/client/trpc";
import { DataTable } from "~/components/data-table/data-table";
import { ListTop } from "~/components/data-table/list-top";
import { Screen } from "~/components/frame/screen";
import { RecordError } from "~/components/record-error";
import { SearchEmpty } from "~/components/search-empty";
import { PeopleActions } from "./people-actions";
import { PEOPLE_COLUMNS, PersonPhoneRow } from "./people-columns";
import { useMailboxes } from "./use-mailboxes";

const MATCHES = ["all", "unknown", "known"] as const;
const MATCH_OPTIONS = [
  { value: "all", label: "Everybody" },
  { value: "unknown", label: "Not in Contacts" },
  { value: "known", label: "In Contacts" },
] as const;

const CRUMBS = [{ label: "My email", path: "/my-email" }];

/** Whether a row is a contact's stands in its id: contacts by theirs, others by their address. */
const rowId = ({ contactId, email }: GmailContact) => contactId ?? email;

/** Everybody met in a mailbox: who is a contact, who can become one, and what shows on their timelines. */
export function MailboxPeopleScreen({ id }: { id: string }) {
  const list = useListState({ sorts: ["newest"], defaultOrder: "desc" });
  const [match, setMatch] = useQueryState("match", parseAsStringLiteral(MATCHES).withDefault("all"));
  const mailbox = useMailboxes().data?.find((one) => one.id === id);
  const people = trpc.emailConnections.contacts.useQuery(
    { id, page: list.page, pageSize: list.pageSize, match, ...(list.search ? { search: list.search } : {}) },
    { placeholderData: (before) => before },
  );
  if (people.error && !people.data)
    return (
      <Screen title="People" crumbs={CRUMBS}>
        <RecordError
          noun="mailbox"
          error={people.error}
          onRetry={() => void people.refetch()}
          goneWhy="It may have been disconnected, or be somebody else’s."
        />
      </Screen>
    );
  return (
    <Screen title="People" crumbs={CRUMBS} isFlush>
      <ListTop
        title="People in this mailbox"
        lede={
          mailbox && `Whom you wrote with from ${mailbox.email}, without newsletters and machines. Only you see them.`
        }
        list={list}
        searchLabel="Name or address"
        filters={
          <SegmentedControl
            label="Show"
            value={match}
            onValueChange={(value) => {
              list.setPage(1);
              void setMatch(value);
            }}
            options={MATCH_OPTIONS}
          />
        }
      />
      <DataTable<GmailContact>
        id="mailbox-people"
        label="People in this mailbox"
        noun={{ one: "person", many: "people" }}
        columns={PEOPLE_COLUMNS}
        list={list}
        rows={people.data?.contacts}
        total={people.data?.total}
        query={people}
        rowId={rowId}
        rowName={({ name, email }) => name ?? email}
        phoneRow={(person) => <PersonPhoneRow person={person} />}
        bulkActions={(selection) => <PeopleActions connectionId={id} selection={selection} />}
        filterScope={match}
        isFiltered={list.search !== "" || match !== "all"}
        filteredEmpty={
          list.search ? (
            <SearchEmpty list={list} noun="person" />
          ) : (
            <EmptyState
              icon={Users}
              title={match === "known" ? "Nobody of them is in Contacts" : "All are in Contacts"}
            />
          )
        }
        empty={
          <EmptyState icon={Users} title="Nobody yet">
            {mailbox?.isFirstSync ? "The mailbox is being read for the first time." : "Whom you write with comes here."}
          </EmptyState>
        }
      />
    </Screen>
  );
}
