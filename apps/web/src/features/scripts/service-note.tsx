import type { ScriptService } from "@hustings/contracts/scripts";
import { Note } from "@hustings/ui/note";
import { trpc } from "~/client/trpc";

/** A worker that has just started is asked again until it has tried the wall. */
const ASK_AGAIN_MS = 2_000;

/** What the workers say about running scripts here; nothing while none has said so. */
export const useScriptService = (): ScriptService | null | undefined =>
  trpc.scripts.service.useQuery({}, { refetchInterval: ({ state }) => (state.data === null ? ASK_AGAIN_MS : false) })
    .data;

/** Where scripts are off or less sealed than they could be: what is missing, what it protects, what to allow. */
export function ServiceNote({ className }: { className?: string }) {
  const service = useScriptService();
  if (!service || (service.refusal === null && service.missing.length === 0)) return null;
  return (
    <Note tone={service.refusal ? "bad" : "look"} className={className}>
      <p className="font-semibold">{toTitle(service)}</p>
      {service.missing.length > 0 && (
        <ul className="mt-1 grid gap-1.5">
          {service.missing.map(({ layer, says, keepsFrom, allow }) => (
            <li key={layer}>
              {toSentence(says)} The layer “{layer}” keeps them from {keepsFrom}. <b>To allow it:</b> {allow}
            </li>
          ))}
        </ul>
      )}
    </Note>
  );
}

/** A refusal names its layers, which stand below by themselves. */
function toTitle({ refusal, missing }: ScriptService): string {
  if (refusal === null) return "Scripts run in reduced isolation on this server.";
  return missing.length > 0 ? "Scripts are off on this server." : refusal;
}

const toSentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
