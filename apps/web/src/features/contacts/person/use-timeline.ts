import type { AutomationApplication } from "@hustings/contracts/automations";
import type { Interaction } from "@hustings/contracts/interactions";
import { useState } from "react";
import { trpc } from "~/client/trpc";

const PAGE_SIZE = 50;

/** What happened with a person, or what a rule did to them. */
export type TimelineItem = { key: string; occurredAt: string } & (
  | { interaction: Interaction; application?: undefined }
  | { application: AutomationApplication; interaction?: undefined }
);

/** What happened with a person, newest first; `loadMore` adds the page before. */
export function useTimeline(contactId: string) {
  const [pages, setPages] = useState(1);
  const pageInputs = Array.from({ length: pages }, (_, index) => ({
    id: contactId,
    page: index + 1,
    pageSize: PAGE_SIZE,
  }));
  const happened = trpc.useQueries((t) => pageInputs.map((input) => t.interactions.list(input)));
  const applied = trpc.useQueries((t) => pageInputs.map((input) => t.automations.ofContact(input)));
  const queries = [...happened, ...applied];
  const hasMoreHappened = (happened[0]?.data?.total ?? 0) > pages * PAGE_SIZE;
  const hasMoreApplied = (applied[0]?.data?.total ?? 0) > pages * PAGE_SIZE;
  const interactions = happened.flatMap(({ data }) => data?.interactions ?? []).map(toInteractionItem);
  const applications = applied.flatMap(({ data }) => data?.applications ?? []).map(toApplicationItem);
  // Of two lists only the span is whole that both have loaded.
  const horizons = [hasMoreHappened && interactions.at(-1), hasMoreApplied && applications.at(-1)];
  const from =
    horizons
      .map((last) => (last ? last.occurredAt : ""))
      .sort()
      .at(-1) ?? "";
  const items = [...interactions, ...applications]
    .filter(({ occurredAt }) => occurredAt >= from)
    .sort((a, b) => (a.occurredAt < b.occurredAt ? 1 : a.occurredAt > b.occurredAt ? -1 : 0));
  return {
    // Pages shift when something is written meanwhile; nothing may stand there twice.
    entries: happened[0]?.data &&
      applied[0]?.data && [...new Map(items.map((item): [string, TimelineItem] => [item.key, item])).values()],
    hasMore: hasMoreHappened || hasMoreApplied,
    isLoadingMore: queries.some(({ isFetching }) => isFetching),
    loadMore: () => setPages(pages + 1),
    error: queries.find(({ error }) => error)?.error ?? null,
    retry: () => queries.forEach((query) => void query.refetch()),
  };
}

const toInteractionItem = (interaction: Interaction): TimelineItem => ({
  key: interaction.id,
  occurredAt: interaction.occurredAt,
  interaction,
});

const toApplicationItem = (application: AutomationApplication): TimelineItem => ({
  key: application.id,
  occurredAt: application.at,
  application,
});
