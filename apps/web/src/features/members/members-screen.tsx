import type { Role } from "@hustings/contracts/roles";
import type { Member } from "@hustings/contracts/workspaces";
import { Button } from "@hustings/ui/button";
import { EmptyState } from "@hustings/ui/empty-state";
import { NotAllowed } from "@hustings/ui/not-allowed";
import { Select } from "@hustings/ui/select";
import { notifyDone, notifyFailed } from "@hustings/ui/toast";
import { UserPlus, Users } from "lucide-react";
import dynamic from "next/dynamic";
import { useClientList } from "~/client/client-list";
import { useCommands } from "~/client/commands";
import { readCallError } from "~/client/errors";
import { useListState } from "~/client/list-state";
import { useRecordDialogs } from "~/client/record-dialogs";
import { useNotAllowedReason } from "~/client/role";
import { trpc } from "~/client/trpc";
import { useSession, useWorkspace } from "~/client/workspace";
import type { DataColumn } from "~/components/data-table/column";
import { DataTable } from "~/components/data-table/data-table";
import { ListTop } from "~/components/data-table/list-top";
import { RowActions } from "~/components/row-actions";
import { SearchEmpty } from "~/components/search-empty";
import { SettingsScreen } from "~/components/settings-screen";
import { ROLE_OPTIONS, roleWord } from "./roles";

const InviteDialog = dynamic(() => import("./invite-dialog").then((module) => module.InviteDialog), { ssr: false });
const RemoveMemberDialog = dynamic(() => import("./remove-member-dialog").then((module) => module.RemoveMemberDialog), {
  ssr: false,
});

/** More than any workspace has; the list is searched and sorted here. */
const ALL_MEMBERS = 10_000;
const NOUN = { one: "member", many: "members" };

/** Who works in this workspace, and as what. */
export function MembersScreen() {
  const workspace = useWorkspace();
  const { user } = useSession();
  const list = useListState({ sorts: ["name", "email", "role"] });
  const offReason = useNotAllowedReason("admin", "see and invite members");
  const members = trpc.workspaces.members.list.useQuery(
    { id: workspace.id, limit: ALL_MEMBERS },
    { placeholderData: (before) => before, enabled: !offReason },
  );
  const { rows, total } = useClientList(members.data, list, {
    toText: (member) => `${member.name} ${member.email} ${member.role}`,
    sortValues: { name: (member) => member.name, email: (member) => member.email, role: (member) => member.role },
  });
  const dialogs = useRecordDialogs<Member>();
  const changeRole = useChangeRole(workspace.id);
  useCommands(
    offReason ? [] : [{ id: "member-new", label: "Invite somebody", key: "c", group: "here", run: dialogs.openNew }],
  );
  if (offReason)
    return (
      <SettingsScreen title="Members">
        <NotAllowed>{offReason}</NotAllowed>
      </SettingsScreen>
    );
  const roleOf = (member: Member) => (
    // A press here chooses a role and does not reach the row.
    <Select
      aria-label={`Role of ${member.name}`}
      value={member.role}
      options={ROLE_OPTIONS}
      onValueChange={(role) => void changeRole(member, role)}
      className="h-7 w-30 max-md:h-9"
    />
  );
  const actionsOf = (member: Member) => (
    <RowActions
      name={member.name}
      offReason={null}
      removeLabel={`Remove ${member.name}`}
      onRemove={() => dialogs.openRemoval(member)}
    />
  );
  const columns: DataColumn<Member>[] = [
    {
      id: "name",
      label: "Name",
      sort: "name",
      isFixed: true,
      width: "30%",
      cell: (member) => (
        <span className="flex min-w-0 gap-2">
          <b className="truncate">{member.name}</b>
          {member.userId === user.id && <span className="text-muted-foreground">you</span>}
        </span>
      ),
    },
    {
      id: "email",
      label: "Email",
      sort: "email",
      cell: (member) => (
        <span className="block truncate" title={member.email}>
          {member.email}
        </span>
      ),
    },
    { id: "role", label: "Role", sort: "role", width: "150px", isFixed: true, cell: roleOf },
    { id: "actions", label: "Remove", isLabelHidden: true, isFixed: true, width: "64px", cell: actionsOf },
  ];
  const invite = (
    <Button variant="primary" icon={<UserPlus aria-hidden />} onClick={dialogs.openNew}>
      Invite somebody
    </Button>
  );
  return (
    <SettingsScreen title="Members" isFlush>
      <ListTop
        title="Members"
        lede={`Who works in ${workspace.name}. Global admins may do everything here and are not listed.`}
        list={list}
        searchLabel="Search members"
        actions={invite}
      />
      <DataTable
        id="members"
        label="Members"
        noun={NOUN}
        columns={columns}
        list={list}
        rows={rows}
        total={total}
        query={members}
        rowId={(member) => member.userId}
        rowName={(member) => member.name}
        phoneRow={(member) => (
          <div className="flex items-center gap-2">
            <div className="min-w-0 flex-1">
              <b className="block truncate">{member.name}</b>
              <span className="block truncate text-sm text-muted-foreground">{member.email}</span>
            </div>
            {roleOf(member)}
            {actionsOf(member)}
          </div>
        )}
        isFiltered={list.search !== ""}
        filteredEmpty={<SearchEmpty list={list} noun="member" total={members.data?.length} />}
        empty={
          <EmptyState icon={Users} title="No members yet" actions={invite}>
            Invite the people who look after this workspace, each as viewer, member or admin.
          </EmptyState>
        }
      />
      {dialogs.form && <InviteDialog isOpen={dialogs.form.isOpen} onClose={dialogs.close} />}
      {dialogs.removal && (
        <RemoveMemberDialog member={dialogs.removal.row} isOpen={dialogs.removal.isOpen} onClose={dialogs.close} />
      )}
    </SettingsScreen>
  );
}

/** Changes a role, and offers to take it back. */
function useChangeRole(workspaceId: string) {
  const utils = trpc.useUtils();
  const update = trpc.workspaces.members.update.useMutation();
  const change = async (member: Member, role: Role, isUndo = false): Promise<void> => {
    try {
      await update.mutateAsync({ id: workspaceId, userId: member.userId, role });
      await Promise.all([utils.workspaces.members.invalidate(), utils.session.invalidate()]);
      if (!isUndo)
        notifyDone(`${member.name} is ${roleWord(role).toLowerCase()} now`, {
          onUndo: () => void change(member, member.role, true),
        });
    } catch (thrown) {
      notifyFailed(`The role of ${member.name} was not changed. ${readCallError(thrown).message}`);
    }
  };
  return change;
}
