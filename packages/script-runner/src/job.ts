/** What JSON can say. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** A method of `crm`. `arguments`: what leading texts stand for, so that `get(id)` reads like `get({ id })`. */
export type ScriptMethod =
  | { arguments: readonly string[] }
  /** Yields row by row what `method` answers page by page; `items` names the rows in its answer, null for a bare array. */
  | { arguments: readonly string[]; method: string; items: string | null };

/** What a script may call. Whose rights count is settled here, by whoever makes it; the script says nothing of it. */
export type ScriptApi = {
  /** By path: `contacts.list`. */
  methods: Readonly<Record<string, ScriptMethod>>;
  /** @throws ScriptCallError with what the script may know; anything else reaches it without a reason. */
  call: (method: string, input: unknown) => Promise<unknown>;
};

/** A refused call, as the script's `catch` sees it. */
export class ScriptCallError extends Error {
  override readonly name = "ScriptCallError";

  constructor(
    message: string,
    readonly code: string,
    readonly details?: readonly string[],
  ) {
    super(message);
  }
}

export type ScriptJob = {
  /** Jobs of different groups take turns. */
  group: string;
  /** The body of an async function. */
  code: string;
  /** What it reads as `input`. */
  input: Json;
  api: ScriptApi;
  /** Ends it: its process is killed at once. */
  signal?: AbortSignal;
  /** Lines as they come. */
  onLog?: (line: string) => void;
};

export type ScriptError = {
  message: string;
  /** Of the script, from 1; null where no line of it is known. */
  line: number | null;
  stack: string | null;
};

export type ScriptOutcome = {
  status: "succeeded" | "failed" | "timed_out" | "cancelled";
  result: Json;
  error: ScriptError | null;
  logs: string[];
  /** Calls of `crm` that were made. */
  calls: number;
  /** The most that its process took. Null where the machine does not tell. */
  peakMemoryMb: number | null;
  durationMs: number;
};

/** What a run may take. */
export type ScriptLimits = {
  wallMs: number;
  cpuSeconds: number;
  memoryMb: number;
  logBytes: number;
  resultBytes: number;
  calls: number;
};
