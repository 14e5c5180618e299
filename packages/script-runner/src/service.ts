import type { ScriptSettings } from "./env";
import type { ScriptLimits } from "./job";
import type { WallReport } from "./probe";

/** What is to be known about scripts on a machine, in words. */
export type ScriptService = {
  /** Why nothing is run here; null when scripts may run. */
  refusal: string | null;
  /** Empty where nothing can run for another reason. */
  missing: WallReport["missing"];
  limits: ScriptLimits;
};

/** The weaker wall, which the operator alone can choose. */
const ACCEPT_REDUCED = "Or accept the weaker wall: SCRIPT_ISOLATION=reduced.";

/** What a probe of the wall means under these settings. */
export function toService(report: WallReport, settings: ScriptSettings): ScriptService {
  const missing = report.broken === null ? report.missing : [];
  return {
    refusal: toRefusal(report, settings),
    missing: settings.isReducedAllowed
      ? missing
      : missing.map((layer) => ({ ...layer, allow: `${layer.allow} ${ACCEPT_REDUCED}` })),
    limits: settings.limits,
  };
}

/** Why nothing is run here, in words for whoever runs the server; null when scripts may run. */
export function toRefusal(
  { missing, broken }: WallReport,
  { isReducedAllowed }: Pick<ScriptSettings, "isReducedAllowed">,
): string | null {
  if (broken !== null) return `Scripts cannot run on this server: ${broken}`;
  if (missing.length === 0 || isReducedAllowed) return null;
  return `Scripts are off on this server: ${missing.map(({ says }) => says).join("; ")}. "npm run hustings -- doctor" says what to allow.`;
}
