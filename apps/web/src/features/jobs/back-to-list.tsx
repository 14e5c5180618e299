import { Button } from "@hustings/ui/button";
import { ArrowLeft } from "lucide-react";
import type { Jobs } from "./use-jobs";

/** On a phone, where the list and what is open are pages of their own: the way back. */
export function BackToList({ jobs, label }: { jobs: Jobs; label: string }) {
  return (
    <Button
      variant="quiet"
      size="sm"
      icon={<ArrowLeft aria-hidden />}
      onClick={() => jobs.open(null)}
      className="-ml-2 md:hidden"
    >
      {label}
    </Button>
  );
}
