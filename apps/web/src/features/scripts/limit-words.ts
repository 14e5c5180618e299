import type { ScriptLimits } from "@hustings/contracts/scripts";
import { formatCount } from "@hustings/ui/count";
import { formatDuration } from "@hustings/ui/time";

/** As the variables of the environment count. */
const sayKb = (bytes: number): string => `${Math.round(bytes / 1024)} KB`;

/** What a run may take, as this installation's operator has set it. */
export const sayLimits = ({ wallMs, memoryMb, logBytes, resultBytes, calls }: ScriptLimits): string =>
  `A run may take ${formatDuration(wallMs)}, ${memoryMb} MB of memory, ${sayKb(logBytes)} of log, ${sayKb(resultBytes)} of result and ${formatCount(calls)} calls of crm.`;
