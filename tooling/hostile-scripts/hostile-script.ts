import type { ScriptRunStatus } from "@hustings/contracts/scripts";

/** Something that must be survived: how its run may end, and what it gives when it ends well. */
export type HostileScript = {
  name: string;
  code: string;
  ends: ScriptRunStatus[];
  result?: unknown;
};

/** What a hostile script is handed as `input`, so that it need not guess. */
export type Bait = {
  /** A contact of its own workspace. */
  own: string;
  /** A contact, a tag and a script of another workspace, and that workspace. */
  theirs: string;
  tag: string;
  workspace: string;
  /** Holds a secret, and everybody may read it. */
  file: string;
  /** Does not exist, where everybody may write. */
  mark: string;
  /** Somebody listens there. */
  port: number;
};

/** It may be too late or too much, as the machine pleases. */
export const GREEDY: ScriptRunStatus[] = ["timed_out", "failed"];
