import { formatCountOf } from "@hustings/ui/count";
import { trpc } from "~/client/trpc";
import { useWorkspacePath } from "~/client/workspace";
import { Link } from "~/components/link";
import { WhyMatch } from "../../segments/why-match";

/** The segments that a person is in right now; each with what makes them match. */
export function SegmentsOf({ contactId, who }: { contactId: string; who: string }) {
  const toPath = useWorkspacePath();
  const { data: segments } = trpc.contacts.segments.useQuery({ id: contactId });
  if (!segments) return null;
  return (
    <section className="mt-5 text-sm">
      <h3 className="mb-1">In {segments.length === 0 ? "no segment" : formatCountOf(segments.length, "segment")}</h3>
      <ul>
        {segments.map(({ id, name, filter, crossWorkspace }) => (
          <li key={id} className="flex min-h-7 items-center justify-between gap-2">
            <Link href={toPath(`/segments/${id}`)} className="link wrap-anywhere">
              {name}
            </Link>
            <WhyMatch contactId={contactId} who={who} filter={filter} crossWorkspace={crossWorkspace} />
          </li>
        ))}
      </ul>
    </section>
  );
}
