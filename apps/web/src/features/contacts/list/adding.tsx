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

type AddingActionsProps = {
  offReason: string | null;
  onAdd: () => void;
  /** Nobody is here: most bring a list then. */
  isFirst?: boolean;
};

/** The two ways in: a file, or one by hand. */
export function AddingActions({ offReason, onAdd, isFirst = false }: AddingActionsProps) {
  const toPath = useWorkspacePath();
  const icon = <Upload aria-hidden />;
  const variant = isFirst ? "primary" : "plain";
  return (
    <>
      {offReason ? (
        <Button variant={variant} icon={icon} offReason={offReason}>
          Import people
        </Button>
      ) : (
        <Button asChild variant={variant} icon={icon}>
          <Link href={toPath("/contacts/import")}>Import people</Link>
        </Button>
      )}
      <Button
        variant={isFirst ? "plain" : "primary"}
        icon={<UserPlus aria-hidden />}
        offReason={offReason}
        onClick={onAdd}
      >
        {isFirst ? "Add one by hand" : "Add a contact"}
      </Button>
    </>
  );
}
