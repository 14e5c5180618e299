import type { Readable } from "node:stream";

/** What a child says: a line of JSON. Nothing of it is believed but that it is an object. */
export type Frame = Record<string, unknown>;

/** A child sends at most a result, a call or a line of a log at a time. */
const MAX_FRAME_CHARACTERS = 2 * 2 ** 20;
/** What is read before others have their turn. */
const FRAMES_PER_TURN = 200;

export type FrameReader = {
  /** The next one; null when nothing more can come, because it ended or is no child of ours in its manners. */
  next: () => Promise<Frame | null>;
};

/**
 * Reads a stream line by line, only as fast as somebody asks: what is not asked for stays in the pipe, and its writer
 * waits. A line that is too long or no JSON object ends the reading.
 */
export function readFrames(stream: Readable): FrameReader {
  stream.setEncoding("utf8");
  const chunks = stream[Symbol.asyncIterator]() as AsyncIterator<string>;
  let buffered = "";
  let read = 0;
  let isOver = false;
  const readLine = async (): Promise<string | null> => {
    for (let searched = 0; ; ) {
      const end = buffered.indexOf("\n", searched);
      if (end >= 0) {
        const line = buffered.slice(0, end);
        buffered = buffered.slice(end + 1);
        return line;
      }
      searched = buffered.length;
      if (searched > MAX_FRAME_CHARACTERS) return null;
      const { done, value } = await chunks.next();
      if (done) return null;
      buffered += value;
    }
  };
  return {
    next: async () => {
      if (isOver) return null;
      if (++read % FRAMES_PER_TURN === 0) await new Promise(setImmediate);
      const frame = toFrame(await readLine().catch(() => null));
      isOver = frame === null;
      return frame;
    },
  };
}

function toFrame(line: string | null): Frame | null {
  if (line === null || line.length > MAX_FRAME_CHARACTERS) return null;
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Frame) : null;
  } catch {
    return null;
  }
}
