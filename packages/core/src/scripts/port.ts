import type { ScriptJob, ScriptOutcome } from "@hustings/script-runner/job";

/** In whose name a script acts, and where. */
export type ScriptScope = { workspaceId: string; editorId: string; scriptRunId: string; scriptName: string };

/** Runs scripts in a sealed process, and answers what they call with the procedures of the API. */
export type ScriptsPort = {
  /** Never throws. `changes`: calls that changed something. */
  run: (
    scope: ScriptScope,
    job: Pick<ScriptJob, "code" | "input" | "signal" | "onLog">,
  ) => Promise<ScriptOutcome & { changes: number }>;
};
