import { trpc } from "~/client/trpc";

/** Names whom the operator has set for it, as the end of a sentence; else `otherwise`. */
export function WhomToAsk({ otherwise }: { otherwise: string }) {
  const options = trpc.session.options.useQuery(undefined, { staleTime: Number.POSITIVE_INFINITY });
  const contact = options.data?.contact;
  return contact ? <b className="wrap-anywhere">{contact}</b> : otherwise;
}
