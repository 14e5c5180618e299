import { SearchInput } from "@hustings/ui/input";
import { PageHeader } from "@hustings/ui/page-header";
import { type ReactNode, useRef } from "react";
import { useCommands } from "~/client/commands";
import type { ListState } from "~/client/list-state";

export type ListTopProps = {
  title: string;
  lede?: ReactNode;
  /** Buttons, the main one last. */
  actions?: ReactNode;
  list: ListState;
  /** “Search name or email”. */
  searchLabel: string;
  /** Filter chips, after the search box. */
  filters?: ReactNode;
  /** Quiet buttons at the right: save as segment, columns. */
  tools?: ReactNode;
  /** “1,286 of 38,214 people match, 1,174 can be emailed”. */
  count?: ReactNode;
};

/** What stands above a data table: title, search, filters, the count. `/` jumps to the search. */
export function ListTop({ title, lede, actions, list, searchLabel, filters, tools, count }: ListTopProps) {
  const search = useRef<HTMLDivElement>(null);
  useCommands([
    {
      id: "search",
      label: searchLabel,
      key: "/",
      group: "here",
      run: () => search.current?.querySelector("input")?.focus(),
    },
  ]);
  return (
    <div className="flex-none px-6 pt-5 pb-2.5 max-md:px-3.5 max-md:pt-3.5 max-md:pb-2">
      <PageHeader title={title} lede={lede} className="mb-3">
        {actions}
      </PageHeader>
      <div ref={search} className="flex flex-wrap items-center gap-2">
        <SearchInput
          label={searchLabel}
          value={list.searchText}
          onValueChange={list.setSearchText}
          shortcut="/"
          boxClassName="w-65 max-md:w-full"
        />
        {filters}
        {tools && <div className="ml-auto flex gap-1 max-md:hidden">{tools}</div>}
      </div>
      <p role="status" className="mt-2 min-h-5 text-table text-muted-foreground empty:hidden">
        {count}
      </p>
    </div>
  );
}
