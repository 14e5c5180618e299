import type { User } from "@hustings/contracts/users";
import { EmptyState } from "@hustings/ui/empty-state";
import { NotAllowed } from "@hustings/ui/not-allowed";
import { Select } from "@hustings/ui/select";
import { Switch } from "@hustings/ui/switch";
import { RelativeTime } from "@hustings/ui/time";
import { notifyDone, notifyFailed } from "@hustings/ui/toast";
import { Users } from "lucide-react";
import { useClientList } from "~/client/client-list";
import { readCallError } from "~/client/errors";
import { useListState } from "~/client/list-state";
import { trpc } from "~/client/trpc";
import { useSession } from "~/client/workspace";
import type { DataColumn } from "~/components/data-table/column";
import { DataTable } from "~/components/data-table/data-table";
import { ListTop } from "~/components/data-table/list-top";
import { SearchEmpty } from "~/components/search-empty";
import { SettingsScreen } from "~/components/settings-screen";
import { Memberships } from "./memberships";

/** More than any installation has; the list is searched and sorted here. */
const ALL_USERS = 10_000;
const NOUN = { one: "user", many: "users" };
/** What somebody is in one workspace is set under its Members; this bounds it. */
const ROLES: readonly { value: User["role"]; label: string; hint: string }[] = [
  { value: "viewer", label: "Only looks", hint: "viewer at most, in every workspace" },
  { value: "member", label: "By membership", hint: "what each workspace says" },
  { value: "admin", label: "Global admin", hint: "admin in every workspace" },
];

/** Everybody who may sign in. For global admins. */
export function UsersScreen() {
  const session = useSession();
  const list = useListState({ sorts: ["name", "email", "lastSignInAt"] });
  const users = trpc.users.list.useQuery(
    { limit: ALL_USERS },
    { placeholderData: (before) => before, enabled: session.isGlobalAdmin },
  );
  const { rows, total } = useClientList(users.data, list, {
    toText: (user) => `${user.name} ${user.email} ${user.memberships.map(({ name }) => name).join(" ")}`,
    sortValues: {
      name: (user) => user.name,
      email: (user) => user.email,
      lastSignInAt: (user) => user.lastSignInAt,
    },
  });
  const change = useChangeUser();
  if (!session.isGlobalAdmin)
    return (
      <SettingsScreen title="Users">
        <NotAllowed>Global admins say who may sign in.</NotAllowed>
      </SettingsScreen>
    );
  const roleOf = (user: User) => (
    <Select
      aria-label={`Installation role of ${user.name}`}
      value={user.role}
      options={ROLES}
      onValueChange={(role) => void change(user, { role, isActive: user.isActive })}
      className="h-7 w-40 max-md:h-9"
    />
  );
  const activeOf = (user: User, words?: string) => (
    <Switch
      aria-label={`${user.name} may sign in`}
      checked={user.isActive}
      onChange={(event) => void change(user, { role: user.role, isActive: event.target.checked })}
    >
      {words}
    </Switch>
  );
  const columns: DataColumn<User>[] = [
    {
      id: "name",
      label: "Name",
      sort: "name",
      isFixed: true,
      width: "18%",
      cell: (user) => (
        <span className="flex min-w-0 gap-2">
          <b className="truncate">{user.name}</b>
          {user.id === session.user.id && <span className="text-muted-foreground">you</span>}
        </span>
      ),
    },
    {
      id: "email",
      label: "Email",
      sort: "email",
      cell: (user) => (
        <span className="block truncate" title={user.email}>
          {user.email}
        </span>
      ),
    },
    { id: "memberships", label: "Workspaces", width: "22%", cell: (user) => <Memberships user={user} /> },
    {
      id: "lastSignInAt",
      label: "Last sign-in",
      sort: "lastSignInAt",
      width: "140px",
      isWideOnly: true,
      cell: (user) => <RelativeTime at={user.lastSignInAt} isFocusable={false} className="text-muted-foreground" />,
    },
    { id: "role", label: "Everywhere", width: "190px", isFixed: true, cell: roleOf },
    { id: "isActive", label: "May sign in", width: "120px", isFixed: true, cell: (user) => activeOf(user) },
  ];
  return (
    <SettingsScreen title="Users" isFlush>
      <ListTop
        title="Users"
        lede="Everybody who may sign in. What somebody is in a workspace is set under its Members."
        list={list}
        searchLabel="Search users"
      />
      <DataTable
        id="users"
        label="Users"
        noun={NOUN}
        columns={columns}
        list={list}
        rows={rows}
        total={total}
        query={users}
        rowId={(user) => user.id}
        rowName={(user) => user.name}
        phoneRow={(user) => (
          <div className="flex flex-wrap items-center gap-2">
            <div className="min-w-0 flex-1 basis-40">
              <b className="block truncate">{user.name}</b>
              <span className="block truncate text-sm text-muted-foreground">{user.email}</span>
            </div>
            {roleOf(user)}
            <span className="basis-full text-sm">
              <Memberships user={user} />
            </span>
            <span className="flex basis-full flex-wrap items-center justify-between gap-x-3 text-sm">
              {activeOf(user, "May sign in")}
              <span className="text-muted-foreground">
                {user.lastSignInAt ? "Last here " : "Never here yet"}
                {user.lastSignInAt && <RelativeTime at={user.lastSignInAt} isInSentence isFocusable={false} />}
              </span>
            </span>
          </div>
        )}
        isFiltered={list.search !== ""}
        filteredEmpty={<SearchEmpty list={list} noun="user" total={users.data?.length} />}
        empty={
          <EmptyState icon={Users} title="No users yet">
            Inviting a member adds one.
          </EmptyState>
        }
      />
    </SettingsScreen>
  );
}

type Rights = Pick<User, "role" | "isActive">;

/** Changes what a user may do in the whole installation, and offers to take it back. */
function useChangeUser() {
  const utils = trpc.useUtils();
  const update = trpc.users.update.useMutation();
  const change = async (user: User, rights: Rights, isUndo = false): Promise<void> => {
    try {
      await update.mutateAsync({ id: user.id, ...rights });
      await Promise.all([utils.users.invalidate(), utils.session.invalidate()]);
      if (!isUndo)
        notifyDone(toSentence(user, rights), {
          onUndo: () => void change(user, { role: user.role, isActive: user.isActive }, true),
        });
    } catch (thrown) {
      notifyFailed(`${user.name} was not changed. ${readCallError(thrown).message}`);
    }
  };
  return change;
}

function toSentence(user: User, rights: Rights): string {
  if (rights.isActive !== user.isActive)
    return rights.isActive ? `${user.name} may sign in again` : `${user.name} may no longer sign in`;
  if (rights.role === "admin") return `${user.name} is a global admin now`;
  return rights.role === "viewer"
    ? `${user.name} only looks now, in every workspace`
    : `${user.name} is now what each workspace says`;
}
