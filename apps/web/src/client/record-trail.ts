import { useRouter } from "next/router";
import { useCommands } from "./commands";

/** By list: the ids of the page that was last seen of it. In memory, so that a new tab starts without. */
const trails = new Map<string, readonly string[]>();

/** Notes the records of a list in the order in which they are shown. */
export const leaveTrail = (listId: string, ids: readonly string[]): void => {
  trails.set(listId, ids);
};

/**
 * `[` and `]` lead to the previous and the next record of the list that one came from.
 *
 * @param noun what the records are: “person”.
 */
export function useRecordTrail(listId: string, noun: string, id: string, toHref: (id: string) => string): void {
  const router = useRouter();
  const trail = trails.get(listId) ?? [];
  const at = trail.indexOf(id);
  const step = (name: string, key: string, to: string | undefined) =>
    at < 0 || to === undefined
      ? []
      : [
          {
            id: `record-${name}`,
            label: `${name === "next" ? "Next" : "Previous"} ${noun}`,
            key,
            group: "here" as const,
            run: () => void router.replace(toHref(to)),
          },
        ];
  useCommands([...step("previous", "[", trail[at - 1]), ...step("next", "]", trail[at + 1])]);
}
