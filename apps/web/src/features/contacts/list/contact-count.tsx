import { formatCount, formatCountOf } from "@hustings/ui/count";

type Known = { total: number; totalIsEstimate: boolean };

/** “1,286 of 38,214 people match”; without a filter how many there are. */
export function ContactCount({
  total,
  isBound,
  isFiltered,
  everybody,
}: {
  total: number;
  isBound: boolean;
  isFiltered: boolean;
  everybody: Known | undefined;
}) {
  const over = isBound ? "over " : "";
  if (!isFiltered)
    return (
      <>
        {over}
        {formatCountOf(total, "person", "people")}
      </>
    );
  const all =
    everybody && `${everybody.totalIsEstimate ? "over " : ""}${formatCountOf(everybody.total, "person", "people")}`;
  return (
    <>
      <b className="text-foreground">
        {over}
        {formatCount(total)}
      </b>{" "}
      {all && <span className="text-foreground">of {all}</span>} match
    </>
  );
}
