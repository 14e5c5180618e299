import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useDebounced } from "~/client/debounced";
import { trpc } from "~/client/trpc";
import type { Draft } from "./draft";

/** After the last key, before the preview follows. */
const RENDER_DELAY_MS = 400;

/** What would leave, for one person, with the checks; old while the new is on its way. `contactId` undefined: not known yet. */
export function useRendered(draft: Draft, contactId: string | null | undefined) {
  const utils = trpc.useUtils();
  const { subject, preheader, body, fromName, fromEmail, categoryId, allowNoUnsubscribe } = draft;
  const input = useMemo(
    // An address that is not finished would be refused; the preview does without it.
    () => ({
      subject,
      preheader,
      body,
      fromName,
      categoryId,
      allowNoUnsubscribe,
      ...(isWholeAddress(fromEmail) ? { fromEmail } : {}),
      contactId: contactId ?? null,
    }),
    [subject, preheader, body, fromName, fromEmail, categoryId, allowNoUnsubscribe, contactId],
  );
  const settled = useDebounced(input, RENDER_DELAY_MS);
  return useQuery({
    queryKey: [["campaigns", "render"], settled],
    queryFn: () => utils.client.campaigns.render.mutate(settled),
    enabled: contactId !== undefined,
    placeholderData: (before) => before,
    staleTime: 60_000,
  });
}

const isWholeAddress = (address: string | null): boolean =>
  address === null || /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address);
