import { formatCount, formatCountOf } from "@hustings/ui/count";

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
  everybody: number | undefined;
}) {
  const over = isBound ? "over " : "";
  if (!isFiltered)
    return (
      <>
        {over}
        {formatCountOf(total, "person", "people")}
      </>
    );
  return (
    <>
      <b className="text-foreground">
        {over}
        {formatCount(total)}
      </b>{" "}
      {everybody !== undefined && (
        <span className="text-foreground">of {formatCountOf(everybody, "person", "people")}</span>
      )}{" "}
      match
    </>
  );
}
