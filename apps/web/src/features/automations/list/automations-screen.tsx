import { Button } from "@hustings/ui/button";
import { EmptyState } from "@hustings/ui/empty-state";
import { NotAllowed } from "@hustings/ui/not-allowed";
import { Plus, Zap } from "lucide-react";
import { useRouter } from "next/router";
import { useMemo } from "react";
import { useClientList } from "~/client/client-list";
import { useCommands } from "~/client/commands";
import { useListState } from "~/client/list-state";
import { useNotAllowedReason } from "~/client/role";
import { trpc } from "~/client/trpc";
import { useWorkspace, useWorkspacePath } from "~/client/workspace";
import { DataTable } from "~/components/data-table/data-table";
import { ListTop } from "~/components/data-table/list-top";
import { Screen } from "~/components/frame/screen";
import { SearchEmpty } from "~/components/search-empty";
import { ruleText } from "../rule/rule-words";
import { AutomationPhoneRow, createAutomationColumns, type ListedRule } from "./automation-columns";

/** More than any workspace has; the list is searched and sorted here. */
const ALL_RULES = 10_000;
const NOUN = { one: "rule", many: "rules" };

/** Rules of the workspace, each with its switch, when it last did something, and how often. */
export function AutomationsScreen() {
  const offReason = useNotAllowedReason("admin", "see and make rules");
  if (offReason)
    return (
      <Screen title="Automations">
        <NotAllowed>{offReason}</NotAllowed>
      </Screen>
    );
  return <Rules />;
}

function Rules() {
  const router = useRouter();
  const toPath = useWorkspacePath();
  const workspace = useWorkspace();
  const list = useListState({ sorts: ["name", "lastFiredAt", "appliedCount"] });
  const rules = trpc.automations.list.useQuery({ limit: ALL_RULES }, { placeholderData: (before) => before });
  const fields = trpc.segments.fields.useQuery({}, { staleTime: 60_000 });
  const listed = useMemo(() => {
    const catalog = new Map(fields.data?.map((field) => [field.field, field]));
    return rules.data?.map(
      (rule): ListedRule => ({ ...rule, sentence: fields.data ? ruleText(catalog, workspace.name, rule.config) : "" }),
    );
  }, [rules.data, fields.data, workspace.name]);
  const { rows, total } = useClientList(listed, list, {
    toText: (rule) => `${rule.name} ${rule.description ?? ""} ${rule.sentence}`,
    sortValues: {
      name: (rule) => rule.name,
      lastFiredAt: (rule) => rule.lastFiredAt ?? "",
      appliedCount: (rule) => rule.appliedCount,
    },
  });
  const openNew = () => void router.push(toPath("/automations/new"));
  const toHref = (rule: ListedRule) => toPath(`/automations/${rule.id}`);
  useCommands([{ id: "automation-new", label: "New rule", key: "c", group: "here", run: openNew }]);
  const add = (
    <Button variant="primary" icon={<Plus aria-hidden />} onClick={openNew}>
      New rule
    </Button>
  );
  return (
    <Screen title="Automations" isFlush>
      <ListTop
        title="Automations"
        lede="Rules that tag people and fill in fields, when something becomes true of them."
        list={list}
        searchLabel="Search rules"
        actions={add}
      />
      <DataTable
        id="automations"
        label="Automations"
        noun={NOUN}
        columns={createAutomationColumns(toHref)}
        list={list}
        rows={rows}
        total={total}
        query={rules}
        rowId={(rule) => rule.id}
        rowName={(rule) => rule.name}
        onOpen={(rule) => void router.push(toHref(rule))}
        phoneRow={(rule) => <AutomationPhoneRow rule={rule} />}
        isFiltered={list.search !== ""}
        filteredEmpty={<SearchEmpty list={list} noun="rule" total={rules.data?.length} />}
        empty={
          <EmptyState icon={Zap} title="No rules yet" actions={add}>
            A rule does by itself what you would do by hand: tag everyone who came to an event, set the language of a
            district, take a tag off who unsubscribed.
          </EmptyState>
        }
      />
    </Screen>
  );
}
