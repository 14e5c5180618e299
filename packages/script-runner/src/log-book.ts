import { toStorableText } from "./storable";

/** A script that goes on after its log is full is let go on; one that floods is not. */
const FLOOD_FACTOR = 64;

/** The lines of one run, up to a size. */
export class LogBook {
  readonly lines: string[] = [];
  private bytes = 0;
  private heard = 0;

  constructor(
    private readonly maxBytes: number,
    private readonly onLine: (line: string) => void,
  ) {}

  /** @returns false when the script does nothing but write. */
  write(level: unknown, text: unknown): boolean {
    const line = toStorableText(`${level === "warn" || level === "error" ? `[${level}] ` : ""}${String(text)}`);
    const size = Buffer.byteLength(line) + 1;
    const wasFull = this.heard > this.maxBytes;
    this.heard += size;
    if (this.bytes + size <= this.maxBytes) {
      this.bytes += size;
      this.add(line);
    } else if (!wasFull && this.heard > this.maxBytes)
      this.add("The log is full: what was written from here on is not kept.");
    return this.heard <= this.maxBytes * FLOOD_FACTOR;
  }

  private add(line: string): void {
    this.lines.push(line);
    this.onLine(line);
  }
}
