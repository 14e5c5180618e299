import type { Filter } from "@hustings/contracts/filter";
import type { MatchExplanation } from "@hustings/contracts/segments";
import { TextButton } from "@hustings/ui/button";
import { Popover, PopoverContent, PopoverTrigger } from "@hustings/ui/popover";
import { SkeletonRows } from "@hustings/ui/skeleton";
import { formatDay } from "@hustings/ui/time";
import { WhyPanel, type WhyReason } from "@hustings/ui/why-panel";
import { useQuery } from "@tanstack/react-query";
import { trpc } from "~/client/trpc";
import { QueryError } from "~/components/query-error";
import { type Catalog, fieldOf, toLine } from "./builder/draft";
import { lineLabel } from "./builder/sentence";

export type WhyMatchProps = {
  contactId: string;
  /** What the person is called. */
  who: string;
  filter: Filter;
  crossWorkspace: boolean;
};

/** “Why?” beside somebody who matches a filter: each condition, with what the person has there. */
export function WhyMatch(props: WhyMatchProps) {
  return (
    <Popover>
      <PopoverTrigger asChild>
        <TextButton aria-label={`Why? ${props.who}`}>Why?</TextButton>
      </PopoverTrigger>
      <PopoverContent align="end" aria-label={`Why ${props.who} matches`}>
        <Answer {...props} />
      </PopoverContent>
    </Popover>
  );
}

function Answer({ contactId, who, filter, crossWorkspace }: WhyMatchProps) {
  const { client } = trpc.useUtils();
  const fields = trpc.segments.fields.useQuery({}, { staleTime: 60_000 });
  const asked = { contactId, filter, ...(crossWorkspace ? { crossWorkspace } : {}) };
  const explained = useQuery({
    queryKey: [["segments", "explain"], asked],
    queryFn: () => client.segments.explain.mutate(asked),
  });
  const error = fields.error ?? explained.error;
  if (error)
    return (
      <QueryError
        title="The reason did not load."
        error={error}
        onRetry={() => void Promise.all([fields.refetch(), explained.refetch()])}
      />
    );
  if (!fields.data || !explained.data) return <SkeletonRows rows={2} label="Looking" />;
  const catalog: Catalog = new Map(fields.data.map((field) => [field.field, field]));
  return (
    <WhyPanel
      conclusion={explained.data.matches ? `${who} matches.` : `${who} does not match.`}
      reasons={toReasons(catalog, filter, explained.data)}
    >
      {filter.conditions.length === 0 && <p className="text-sm">Everybody does: there is no condition.</p>}
    </WhyPanel>
  );
}

function toReasons(catalog: Catalog, filter: Filter, { conditions }: MatchExplanation): WhyReason[] {
  return filter.conditions.map((condition, index) => {
    const line = toLine(condition);
    const field = fieldOf(catalog, line);
    const { holds = false, value = null } = conditions[index] ?? {};
    const isTime = field?.type === "happened" || (field?.type === "date" && field.group !== "field");
    const shown = value !== null && isTime ? formatDay(new Date(value), new Date()) : value;
    return {
      key: String(index),
      verdict: holds ? "yes" : "no",
      title: lineLabel(catalog, line),
      // Of campaigns nothing is told here but whether it holds.
      children: field?.group === "campaign" ? null : shown === null ? "Nothing there" : `Now: ${shown}`,
    };
  });
}
