import { SkeletonRows } from "@hustings/ui/skeleton";
import dynamic from "next/dynamic";
import { parseAsString, useQueryState } from "nuqs";
import { readConditions } from "~/client/filter-text";
import { trpc } from "~/client/trpc";
import { Screen } from "~/components/frame/screen";
import { QueryError } from "~/components/query-error";
import { RecordError } from "~/components/record-error";

const Builder = dynamic(() => import("./builder").then((module) => module.Builder), {
  ssr: false,
  loading: () => <SkeletonRows label="Loading the segment" />,
});

const CRUMBS = [{ label: "Segments", path: "/segments" }];

/** A sentence about people, not saved yet. `?filter=` begins it: what a list was narrowed to. */
export function NewSegmentScreen() {
  const [filter] = useQueryState("filter", parseAsString);
  const fields = trpc.segments.fields.useQuery({}, { staleTime: 60_000 });
  return (
    <Screen title="New segment" crumbs={CRUMBS}>
      {fields.error && (
        <QueryError
          title="The segment builder did not load."
          error={fields.error}
          onRetry={() => void fields.refetch()}
        />
      )}
      {fields.isPending && <SkeletonRows label="Loading what can be asked" />}
      {fields.data && <Builder segment={null} fields={fields.data} begin={readConditions(filter) ?? []} />}
    </Screen>
  );
}

/** A saved segment: who is in it now, and what makes it. */
export function SegmentScreen({ id }: { id: string }) {
  const segment = trpc.segments.get.useQuery({ id });
  const fields = trpc.segments.fields.useQuery({}, { staleTime: 60_000 });
  const error = segment.error ?? fields.error;
  return (
    <Screen title={segment.data?.name ?? "Segment"} crumbs={CRUMBS}>
      {error && !(segment.data && fields.data) && (
        <RecordError
          noun="segment"
          error={error}
          onRetry={() => void Promise.all([segment.refetch(), fields.refetch()])}
        />
      )}
      {!error && !(segment.data && fields.data) && <SkeletonRows label="Loading the segment" />}
      {segment.data && fields.data && <Builder segment={segment.data} fields={fields.data} />}
    </Screen>
  );
}
