import { formatCount, formatCountOf } from "@hustings/ui/count";

/** “1,286 of 38,214 people match, 1,174 can be emailed”; without a filter how many there are. */
export function ContactCount({
  total,
  isBound,
  isFiltered,
  everybody,
  canBeEmailed,
}: {
  total: number;
  isBound: boolean;
  isFiltered: boolean;
  everybody: number | undefined;
  /** How many of them mail could reach, once it is known. */
  canBeEmailed: number | undefined;
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
      match{canBeEmailed !== undefined && `, ${formatCount(canBeEmailed)} can be emailed`}
    </>
  );
}
