import { useVirtualizer } from "@tanstack/react-virtual";
import { DataRow } from "./data-row";
import type { TableBodyProps } from "./rows";

/** Height of a row, as in the tokens (`--row`). */
const ROW_PX = 40;

/** The rows in sight and a few around them; two gaps keep the height of the rest. */
export function VirtualRows(props: TableBodyProps<unknown>) {
  const { rows = [], keys, scroller, rowId } = props;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 16,
  });
  keys.scrollTo.current = (index) => virtual.scrollToIndex(index, { align: "auto" });
  const items = virtual.getVirtualItems();
  return (
    <>
      <Gap height={items[0]?.start ?? 0} />
      {items.map(({ index }) => (
        <DataRow key={rowId(rows[index])} row={rows[index]} index={index} {...props} />
      ))}
      <Gap height={virtual.getTotalSize() - (items.at(-1)?.end ?? 0)} />
    </>
  );
}

const Gap = ({ height }: { height: number }) => (height > 0 ? <tr aria-hidden style={{ height }} /> : null);
