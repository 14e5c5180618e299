import { formatCountOf } from "@hustings/ui/count";
import { trpc } from "~/client/trpc";

/** How many of those who get the campaign would read the gap. Nothing until it is known. */
export function GapCount({ campaignId, field }: { campaignId: string; field: string }) {
  const { data } = trpc.campaigns.lacking.useQuery({ id: campaignId, field }, { staleTime: 60_000, retry: false });
  if (!data) return null;
  return (
    <span>
      {data.people === 0
        ? "Right now it is nobody."
        : `That is ${formatCountOf(data.people, "person", "people")}.`}{" "}
    </span>
  );
}
