import { formatCountOf } from "@hustings/ui/count";
import { trpc } from "~/client/trpc";
import { useWorkspacePath } from "~/client/workspace";
import { Link } from "~/components/link";

/** The segments that a person is in right now; each says on its page what makes it. */
export function SegmentsOf({ contactId }: { contactId: string }) {
  const toPath = useWorkspacePath();
  const { data: segments } = trpc.contacts.segments.useQuery({ id: contactId });
  if (!segments) return null;
  return (
    <section className="mt-5 text-sm">
      <h3 className="mb-1">In {segments.length === 0 ? "no segment" : formatCountOf(segments.length, "segment")}</h3>
      <ul>
        {segments.map(({ id, name }) => (
          <li key={id} className="flex min-h-7 items-center">
            <Link href={toPath(`/segments/${id}`)} className="link wrap-anywhere">
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
