import { LoaderCircle } from "lucide-react";
import { cn } from "./class-names";

/** Says by movement that something is under way; whoever shows it says in words what. */
export function Spinner({ className }: { className?: string }) {
  return <LoaderCircle aria-hidden className={cn("animate-spin", className)} />;
}
