import type { Campaign } from "@hustings/contracts/campaigns";
import { useCallback, useEffect, useRef, useState } from "react";
import { type CallError, readCallError } from "~/client/errors";
import { trpc } from "~/client/trpc";
import { useWarningBeforeLeaving } from "~/client/warn-before-leaving";
import { type Draft, findChanges, toDraft } from "./draft";
import { dropKept, keepDraft, readKept } from "./kept-draft";

export type SaveState =
  | { kind: "saved"; at: Date }
  | { kind: "waiting" | "saving" }
  | { kind: "refused"; error: CallError };

/** After the last key, before it is saved. */
const SAVE_DELAY_MS = 800;

/**
 * The text in the editor, saved by itself. What the server refuses (a template that does not parse) stays on the
 * screen and in this browser, and is tried again with the next change.
 */
export function useDraft(campaign: Campaign) {
  const [draft, setDraft] = useState<Draft>(() => readKept(campaign) ?? toDraft(campaign));
  const [state, setState] = useState<SaveState>({ kind: "saved", at: new Date(campaign.updatedAt) });
  const latest = useRef(draft);
  const saved = useRef(toDraft(campaign));
  const base = useRef(campaign.updatedAt);
  const running = useRef<Promise<boolean> | null>(null);
  const utils = trpc.useUtils();
  const { mutateAsync } = trpc.campaigns.update.useMutation();
  const { id } = campaign;

  const saveOnce = useCallback(async (): Promise<boolean> => {
    const sent = latest.current;
    const changes = findChanges(saved.current, sent);
    if (!changes) {
      // Also after a change that was taken back.
      dropKept(id);
      setState((now) => (now.kind === "saved" ? now : { kind: "saved", at: new Date(base.current) }));
      return true;
    }
    setState({ kind: "saving" });
    try {
      const answer = await mutateAsync({ id, ...changes });
      saved.current = sent;
      base.current = answer.updatedAt;
      utils.campaigns.get.setData({ id }, answer);
      if ("segmentId" in changes || "categoryId" in changes) void utils.campaigns.audience.invalidate({ id });
      if (latest.current === sent) dropKept(id);
      setState(latest.current === sent ? { kind: "saved", at: new Date(answer.updatedAt) } : { kind: "waiting" });
      return true;
    } catch (thrown) {
      setState({ kind: "refused", error: readCallError(thrown) });
      return false;
    }
  }, [id, mutateAsync, utils]);

  /** Saves what is not saved yet. @returns whether everything is. */
  const flush = useCallback(async (): Promise<boolean> => {
    while (running.current) await running.current;
    running.current = saveOnce();
    const isSaved = await running.current;
    running.current = null;
    return isSaved;
  }, [saveOnce]);

  const change = useCallback(
    (patch: Partial<Draft>) => {
      latest.current = { ...latest.current, ...patch };
      setDraft(latest.current);
      setState({ kind: "waiting" });
      keepDraft(id, base.current, latest.current);
    },
    [id],
  );

  useEffect(() => {
    const timer = window.setTimeout(() => void flush(), SAVE_DELAY_MS);
    return () => window.clearTimeout(timer);
  }, [draft, flush]);
  // Leaving for another screen saves at once; the answer may come when this one is gone.
  useEffect(() => () => void flush(), [flush]);
  useWarningBeforeLeaving(state.kind !== "saved");
  return { draft, change, state, flush };
}
