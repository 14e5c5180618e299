import { Menu, MenuAnchor, MenuCheckboxItem, MenuContent, MenuLabel } from "@hustings/ui/menu";
import type { DetachedMenuProps } from "../frame/workspace-menu";
import type { DataColumn } from "./column";
import { useHiddenColumns } from "./data-table";

export function ColumnMenu({
  id,
  columns,
  isOpen,
  onOpenChange,
  trigger,
}: DetachedMenuProps & {
  id: string;
  columns: readonly Pick<DataColumn<never>, "id" | "label" | "isFixed" | "isHiddenAtFirst">[];
}) {
  const [hidden, setHidden] = useHiddenColumns(id, columns);
  return (
    <Menu open={isOpen} onOpenChange={onOpenChange}>
      <MenuAnchor label="Columns" />
      <MenuContent
        align="end"
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          trigger.current?.focus();
        }}
      >
        <MenuLabel>Shown here</MenuLabel>
        {columns.map((column) => {
          const name = column.id;
          const isShown = !hidden.includes(name);
          return (
            <MenuCheckboxItem
              key={name}
              checked={isShown}
              disabled={column.isFixed}
              onCheckedChange={() => setHidden(isShown ? [...hidden, name] : hidden.filter((other) => other !== name))}
            >
              {column.label}
            </MenuCheckboxItem>
          );
        })}
      </MenuContent>
    </Menu>
  );
}
