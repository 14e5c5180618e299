import { Drawer } from "@hustings/ui/drawer";
import type { ComponentProps } from "react";
import { WhyPane } from "./why-pane";

/** The third pane where there is no room for one. */
export function WhyDrawer({
  isOpen,
  onClose,
  ...pane
}: ComponentProps<typeof WhyPane> & { isOpen: boolean; onClose: () => void }) {
  return (
    <Drawer isOpen={isOpen} onOpenChange={(open) => !open && onClose()} title="Why?">
      <WhyPane {...pane} />
    </Drawer>
  );
}
