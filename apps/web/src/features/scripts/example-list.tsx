import { trpc } from "~/client/trpc";
import { useWorkspacePath } from "~/client/workspace";
import { Link } from "~/components/link";

/** Examples to start from, where there is no script yet. */
export function ExampleList() {
  const toPath = useWorkspacePath();
  const manual = trpc.scripts.manual.useQuery({}, { staleTime: Number.POSITIVE_INFINITY });
  if (!manual.data) return null;
  return (
    <section aria-labelledby="examples" className="mx-auto max-w-prose px-4 pb-10">
      <h3 id="examples" className="mb-2 text-sm font-semibold text-muted-foreground">
        Or start from an example
      </h3>
      <ul className="grid gap-2">
        {manual.data.examples.map(({ id, name, description }) => (
          <li key={id}>
            <Link
              href={toPath(`/scripts/new?example=${id}`)}
              className="block rounded-md border border-border bg-card px-3 py-2 hover:bg-hover"
            >
              <b className="block">{name}</b>
              <span className="text-sm text-muted-foreground">{description}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
