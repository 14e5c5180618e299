import type { AutomationConfig, AutomationDryRun } from "@hustings/contracts/automations";
import { useQuery } from "@tanstack/react-query";
import { readCallError } from "~/client/errors";
import { trpc } from "~/client/trpc";
import { splitConfigDetails } from "./draft";

type Keys = { conditions: string[]; actions: string[] };
export type DryRun = { result: AutomationDryRun | null; refused: Map<string, string> };

/** Whom the rule on the screen would change now; what the server would not take is sorted to its lines. */
export function useDryRun(asked: { config: AutomationConfig; keys: Keys }) {
  const { client } = trpc.useUtils();
  return useQuery({
    queryKey: [["automations", "dryRun"], asked],
    queryFn: async (): Promise<DryRun> => {
      try {
        return { result: await client.automations.dryRun.mutate({ config: asked.config }), refused: new Map() };
      } catch (thrown) {
        const { byLine } = splitConfigDetails(readCallError(thrown).details, asked.keys);
        if (byLine.size === 0) throw thrown;
        return { result: null, refused: byLine };
      }
    },
    placeholderData: (before) => before,
  });
}
