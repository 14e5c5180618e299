import type { IncomingMessage } from "node:http";
import { DomainError } from "@hustings/core/errors";
import { TRPCError } from "@trpc/server";

/** JSON bodies up to 20 MB, by the reference. */
export const DEFAULT_MAX_BODY_BYTES = 20 * 1024 * 1024;

/** How much of all request bodies together may lie in memory, and how long one may take to arrive. */
export type BodyLimits = { maxTotalBytes: number; timeoutMs: number };

/** The bytes of one body; `release` when they are no longer needed. */
export type ReadBody = { bytes: Buffer; release: () => void };

/**
 * Reads bodies into memory within common limits: many large ones at once are refused with 503 rather than
 * filling the memory of the process.
 */
export function createBodyReader(limits: BodyLimits) {
  let heldBytes = 0;

  return async function readBody(req: IncomingMessage, maxBytes: number): Promise<ReadBody> {
    assertReadable(req, maxBytes);
    const chunks: Buffer[] = [];
    let size = 0;
    const release = () => {
      heldBytes -= size;
      size = 0;
    };
    const timer = setTimeout(() => req.destroy(new Error("The body took too long")), limits.timeoutMs);
    try {
      // A refusal must not close the connection under its own answer.
      for await (const chunk of req.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
        size += chunk.length;
        heldBytes += chunk.length;
        if (size > maxBytes) throw tooLarge(maxBytes);
        if (heldBytes > limits.maxTotalBytes)
          throw new DomainError("unavailable", "Too many large requests at once. Try again soon.");
        chunks.push(chunk);
      }
      return { bytes: chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks), release };
    } catch (error) {
      release();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  };
}

/** @throws DomainError `too_large` by the announced length, or 415 where the body is compressed. */
function assertReadable(req: IncomingMessage, maxBytes: number): void {
  const encoding = req.headers["content-encoding"];
  if (encoding !== undefined && encoding !== "identity") throw unsupportedMedia("Compressed bodies are not accepted");
  if (Number(req.headers["content-length"] ?? 0) > maxBytes) throw tooLarge(maxBytes);
}

const tooLarge = (maxBytes: number) =>
  new DomainError("too_large", `The body is larger than ${Math.floor(maxBytes / 1024 / 1024)} MB`);

const unsupportedMedia = (message: string) => new TRPCError({ code: "UNSUPPORTED_MEDIA_TYPE", message });

const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * A JSON object from a body; an empty body is `{}`.
 *
 * @throws 415 unless the body is declared as JSON in UTF-8 (a missing declaration passes), 400 where it is none.
 */
export function parseJsonObject(bytes: Buffer, contentType: string | undefined): Record<string, unknown> {
  if (bytes.length === 0) return {};
  if (contentType !== undefined && !isJson(contentType)) throw unsupportedMedia("The body must be application/json");
  const body = parseJson(bytes);
  if (typeof body !== "object" || body === null || Array.isArray(body))
    throw new DomainError("invalid", "The body must be a JSON object");
  return body as Record<string, unknown>;
}

function isJson(contentType: string): boolean {
  const [mediaType = "", ...parameters] = contentType
    .toLowerCase()
    .split(";")
    .map((part) => part.trim());
  if (!/^application\/([\w.+-]+\+)?json$/.test(mediaType)) return false;
  const charset = parameters.find((parameter) => parameter.startsWith("charset="));
  return charset === undefined || /^charset="?utf-?8"?$/.test(charset);
}

function parseJson(bytes: Buffer): unknown {
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    throw new DomainError("invalid", "The body is not UTF-8");
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    // V8's message quotes the body; its position is what helps.
    const position = error instanceof SyntaxError ? /at position (\d+)/.exec(error.message)?.[1] : undefined;
    throw new DomainError("invalid", position ? `Malformed JSON at position ${position}` : "Malformed JSON");
  }
}
