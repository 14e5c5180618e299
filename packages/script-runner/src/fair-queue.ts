/** Nobody may wait any more. */
export class QueueFullError extends Error {
  override readonly name = "QueueFullError";
}

type Waiting = { enter: () => void; leave: (reason: unknown) => void };

/** Lets in a number at a time; groups that wait take turns, so that one with many does not keep out one with few. */
export class FairQueue {
  private readonly groups = new Map<string, Waiting[]>();
  private inside = 0;
  private waiting = 0;

  constructor(
    private readonly places: number,
    private readonly maxWaiting: number,
  ) {}

  /** @throws QueueFullError; the signal's reason when it is aborted while waiting. */
  async run<T>(group: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    await this.enter(group, signal);
    try {
      return await work();
    } finally {
      this.inside--;
      this.letNextIn();
    }
  }

  private async enter(group: string, signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    if (this.inside < this.places) {
      this.inside++;
      return;
    }
    if (this.waiting >= this.maxWaiting) throw new QueueFullError("Too many scripts wait for their turn");
    await new Promise<void>((resolve, reject) => {
      const waiting: Waiting = { enter: resolve, leave: reject };
      this.groups.set(group, [...(this.groups.get(group) ?? []), waiting]);
      this.waiting++;
      // Once it is in, there is nothing of it to be found here.
      signal?.addEventListener("abort", () => this.remove(group, waiting, signal.reason), { once: true });
    });
  }

  /** The first of the group whose turn was longest ago: it goes to the end of the line of groups. */
  private letNextIn(): void {
    const [next] = this.groups;
    if (!next) return;
    const [group, [first, ...rest]] = next;
    this.groups.delete(group);
    if (rest.length > 0) this.groups.set(group, rest);
    this.waiting--;
    this.inside++;
    first?.enter();
  }

  private remove(group: string, waiting: Waiting, reason: unknown): void {
    const line = this.groups.get(group);
    if (!line?.includes(waiting)) return;
    const rest = line.filter((each) => each !== waiting);
    if (rest.length > 0) this.groups.set(group, rest);
    else this.groups.delete(group);
    this.waiting--;
    waiting.leave(reason);
  }
}
