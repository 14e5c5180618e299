import { CircleDot } from "lucide-react";

/** That the screen and what is saved differ, and what hinders; nothing while they say the same. */
export function UnsavedNote({ isSaved, problem }: { isSaved: boolean; problem: string | null }) {
  if (isSaved) return null;
  return (
    <span role="status" className="flex items-center gap-1.5 text-sm text-muted-foreground max-md:basis-full">
      <CircleDot aria-hidden className="size-3.5" />
      Not saved yet.{problem ? ` ${problem}` : ""}
    </span>
  );
}
