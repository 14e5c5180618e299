const HEARTBEAT_MS = 10_000;

/** Where progress is written; a command whose output is its result writes it to standard error. */
export type Say = (line: string) => void;

/** Runs one step of a start, and says that it begins, that it goes on, and how long it took. */
export async function runStep<T>(name: string, work: () => Promise<T>, say: Say = console.log): Promise<T> {
  const started = Date.now();
  const seconds = () => ((Date.now() - started) / 1000).toFixed(1);
  say(`… ${name}`);
  const heartbeat = setInterval(() => say(`… ${name}, ${seconds()} s so far`), HEARTBEAT_MS);
  try {
    const result = await work();
    say(`✓ ${name} (${seconds()} s)`);
    return result;
  } finally {
    clearInterval(heartbeat);
  }
}
