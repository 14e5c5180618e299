import { Button } from "@hustings/ui/button";
import { Columns3 } from "lucide-react";
import dynamic from "next/dynamic";
import { useRef, useState } from "react";
import type { DataColumn } from "./column";

const load = () => import("./column-menu").then((module) => module.ColumnMenu);
const ColumnMenu = dynamic(load, { ssr: false });

/** Shows and hides columns, in this browser. `id` is the table's. */
export function ColumnChooser<Row>({ id, columns }: { id: string; columns: readonly DataColumn<Row>[] }) {
  const trigger = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [isWanted, setWanted] = useState(false);
  return (
    <div className="relative">
      <Button
        ref={trigger}
        variant="quiet"
        icon={<Columns3 aria-hidden />}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onPointerEnter={() => void load()}
        onClick={() => {
          setWanted(true);
          setOpen(true);
        }}
      >
        Columns
      </Button>
      {isWanted && <ColumnMenu id={id} columns={columns} isOpen={isOpen} onOpenChange={setOpen} trigger={trigger} />}
    </div>
  );
}
