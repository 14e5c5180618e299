import { Button } from "@hustings/ui/button";
import { Upload, UserPlus } from "lucide-react";
import { parseAsString, useQueryState } from "nuqs";
import { useState } from "react";
import { useCommands } from "~/client/commands";
import { useNotAllowedReason } from "~/client/role";
import { useWorkspacePath } from "~/client/workspace";
import { Link } from "~/components/link";

/** The dialog that adds one person stands in the address, so that the palette can open it; once loaded it stays mounted. */
export function useAdding() {
  const [now, setNow] = useQueryState("new", parseAsString);
  const [isKept, setKept] = useState(false);
  const offReason = useNotAllowedReason("member", "add people");
  const isOpen = now === "1" && offReason === null;
  if (isOpen && !isKept) setKept(true);
  const open = () => void setNow("1");
  useCommands(offReason ? [] : [{ id: "contact-new", label: "Add a contact", key: "c", group: "here", run: open }]);
  return { isOpen, isWanted: isKept, offReason, open, close: () => void setNow(null) };
}

/** The two ways in: a file, or one by hand. */
export function AddingActions({ offReason, onAdd }: { offReason: string | null; onAdd: () => void }) {
  const toPath = useWorkspacePath();
  const icon = <Upload aria-hidden />;
  return (
    <>
      {offReason ? (
        <Button icon={icon} offReason={offReason}>
          Import people
        </Button>
      ) : (
        <Button asChild icon={icon}>
          <Link href={toPath("/contacts/import")}>Import people</Link>
        </Button>
      )}
      <Button variant="primary" icon={<UserPlus aria-hidden />} offReason={offReason} onClick={onAdd}>
        Add a contact
      </Button>
    </>
  );
}
