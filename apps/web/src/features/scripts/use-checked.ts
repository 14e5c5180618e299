import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useDebounced } from "~/client/debounced";
import { trpc } from "~/client/trpc";

/** After the last key, before the server looks: a line is not wrong as soon as it is not finished. */
const CODE_DELAY_MS = 700;
const SCHEDULE_DELAY_MS = 300;

/** Where the code does not parse, by the server's word; the last answer while the next is on its way. */
export function useCheckedCode(code: string) {
  return useChecked("code", code, CODE_DELAY_MS).data?.problem ?? null;
}

/** When a schedule comes, or what is wrong with it; null while nothing stands there. */
export function useCheckedSchedule(cronSchedule: string) {
  const checked = useChecked("cronSchedule", cronSchedule, SCHEDULE_DELAY_MS);
  return cronSchedule === "" ? null : (checked.data?.schedule ?? null);
}

function useChecked(name: "code" | "cronSchedule", text: string, delayMs: number) {
  const utils = trpc.useUtils();
  const input = useMemo(() => ({ [name]: text }), [name, text]);
  const settled = useDebounced(input, delayMs);
  return useQuery({
    enabled: text !== "",
    queryKey: [["scripts", "check"], settled],
    queryFn: () => utils.client.scripts.check.mutate(settled),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  });
}
