import type { Frame } from "./frames";
import { type ScriptApi, ScriptCallError } from "./job";

/** Calls of one run at the same time. While so many are open nothing more of it is read. */
const MAX_OPEN = 4;
const MAX_SLEEPS = 1_000;
/** What a timer can hold. */
const MAX_TIMER_MS = 2 ** 31 - 1;
/** What an answer may weigh; a page of two hundred contacts weighs a tenth. */
const MAX_ANSWER_CHARACTERS = 16 * 2 ** 20;

type Answer = (message: {
  id: number;
  value?: unknown;
  error?: { message: string; code: string; details?: readonly string[] };
}) => void;

/** Takes a script's calls, one run's. */
export class CallDesk {
  calls = 0;
  private readonly open = new Set<Promise<void>>();
  private readonly sleeps = new Set<NodeJS.Timeout>();
  private isClosed = false;

  constructor(
    private readonly api: ScriptApi,
    private readonly maxCalls: number,
    private readonly answer: Answer,
  ) {}

  /** Takes a call, and comes back when there is room for another. @returns false when it was one too many. */
  async take({ id, method, input }: Frame): Promise<boolean> {
    if (typeof id !== "number") return false;
    if (method === "sleep") return this.sleep(id, input);
    if (++this.calls > this.maxCalls) return false;
    const work = this.perform(id, String(method), input).finally(() => this.open.delete(work));
    this.open.add(work);
    if (this.open.size >= MAX_OPEN) await Promise.race(this.open);
    return true;
  }

  /** Answers nothing any more, and waits for what is under way: it must not change anything after the run has ended. */
  async close(): Promise<void> {
    this.isClosed = true;
    for (const timer of this.sleeps) clearTimeout(timer);
    await Promise.all(this.open);
  }

  private sleep(id: number, input: unknown): boolean {
    if (this.sleeps.size >= MAX_SLEEPS) return false;
    const { ms } = (input ?? {}) as { ms?: unknown };
    const timer = setTimeout(
      () => {
        this.sleeps.delete(timer);
        this.answer({ id, value: null });
      },
      typeof ms === "number" && ms > 0 ? Math.min(ms, MAX_TIMER_MS) : 0,
    );
    this.sleeps.add(timer);
    return true;
  }

  private async perform(id: number, method: string, input: unknown): Promise<void> {
    try {
      if (!Object.hasOwn(this.api.methods, method)) throw new ScriptCallError(`crm has no ${method}`, "NOT_FOUND");
      const value = (await this.api.call(method, input)) ?? null;
      if (JSON.stringify(value).length > MAX_ANSWER_CHARACTERS)
        throw new ScriptCallError(`${method}: the answer is too large, ask for less at a time`, "TOO_LARGE");
      this.reply({ id, value });
    } catch (error) {
      const { message, code, details } =
        error instanceof ScriptCallError
          ? error
          : new ScriptCallError("Internal server error", "INTERNAL_SERVER_ERROR");
      this.reply({ id, error: { message, code, ...(details ? { details } : {}) } });
    }
  }

  private reply(message: Parameters<Answer>[0]): void {
    if (!this.isClosed) this.answer(message);
  }
}
