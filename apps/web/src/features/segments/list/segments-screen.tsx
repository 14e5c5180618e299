import { Button } from "@hustings/ui/button";
import { formatCount } from "@hustings/ui/count";
import { EmptyState, FilteredEmptyState } from "@hustings/ui/empty-state";
import { Funnel, Plus } from "lucide-react";
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
import { toDraft } from "../builder/draft";
import { sentenceText, toSentence } from "../builder/sentence";
import { createSegmentColumns, type ListedSegment } from "./segment-columns";
import { SegmentCount } from "./segment-count";

/** More than any workspace has; the list is searched and sorted here. */
const ALL_SEGMENTS = 10_000;
/** Each shown row is counted exactly: few rows, so that a page is cheap. */
const PAGE_SIZE = 25;
const NOUN = { one: "segment", many: "segments" };

/** Saved sentences about people, each with how many match now. */
export function SegmentsScreen() {
  const router = useRouter();
  const toPath = useWorkspacePath();
  const workspace = useWorkspace();
  const list = useListState({ sorts: ["name", "updatedAt"], pageSize: PAGE_SIZE });
  const segments = trpc.segments.list.useQuery({ limit: ALL_SEGMENTS }, { placeholderData: (before) => before });
  const fields = trpc.segments.fields.useQuery({}, { staleTime: 60_000 });
  const listed = useMemo(() => {
    const catalog = new Map(fields.data?.map((field) => [field.field, field]));
    return segments.data?.map(
      (segment): ListedSegment => ({
        ...segment,
        sentence: fields.data ? sentenceText(toSentence(catalog, workspace.name, toDraft(segment))) : "",
      }),
    );
  }, [segments.data, fields.data, workspace.name]);
  const { rows, total } = useClientList(listed, list, {
    toText: (segment) => `${segment.name} ${segment.description ?? ""}`,
    sortValues: { name: (segment) => segment.name, updatedAt: (segment) => segment.updatedAt },
  });
  const offReason = useNotAllowedReason("admin", "make segments");
  const openNew = () => void router.push(toPath("/segments/new"));
  const toHref = (segment: ListedSegment) => toPath(`/segments/${segment.id}`);
  useCommands(offReason ? [] : [{ id: "segment-new", label: "New segment", key: "c", group: "here", run: openNew }]);

  const add = (
    <Button variant="primary" icon={<Plus aria-hidden />} offReason={offReason} onClick={openNew}>
      New segment
    </Button>
  );
  return (
    <Screen title="Segments" isFlush>
      <ListTop
        title="Segments"
        lede="Sentences about people. Who matches is decided anew each time."
        list={list}
        searchLabel="Search segments"
        actions={add}
      />
      <DataTable
        id="segments"
        label="Segments"
        noun={NOUN}
        columns={createSegmentColumns(toHref)}
        list={list}
        rows={rows}
        total={total}
        query={segments}
        rowId={(segment) => segment.id}
        rowName={(segment) => segment.name}
        onOpen={(segment) => void router.push(toHref(segment))}
        phoneRow={(segment) => (
          <div className="flex items-baseline gap-3">
            <div className="min-w-0 flex-1">
              <b className="block truncate">{segment.name}</b>
              <span className="line-clamp-2 text-sm text-muted-foreground">{segment.sentence}</span>
            </div>
            <SegmentCount segment={segment} />
          </div>
        )}
        isFiltered={list.search !== ""}
        filteredEmpty={
          <FilteredEmptyState
            title={`No segment matches “${list.search}”.`}
            actions={
              <Button size="sm" onClick={() => list.setSearchText("")}>
                Clear the search
              </Button>
            }
          >
            Without it there are {formatCount(segments.data?.length ?? 0)}.
          </FilteredEmptyState>
        }
        empty={
          <EmptyState icon={Funnel} title="No segments yet" actions={add}>
            A segment is a saved sentence: everyone in one district, who volunteers, and was in touch this year.
            Campaigns go to segments.
          </EmptyState>
        }
      />
    </Screen>
  );
}
