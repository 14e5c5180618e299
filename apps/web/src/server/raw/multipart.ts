import type { IncomingMessage } from "node:http";
import { DomainError, invalid } from "@hustings/core/errors";
import { TRPCError } from "@trpc/server";
import busboy from "busboy";

/** Characters of a field: options for a file of 10,000 columns. */
const MAX_FIELD_BYTES = 4 * 1024 * 1024;

export type FormFields = Readonly<Record<string, string>>;
export type UploadedFile = { name: string; content: AsyncIterable<Buffer> };

export type Form<T> = {
  fields: FormFields;
  file: T | undefined;
  /** Fields and files that do not belong there, for the caller to refuse together with its own. */
  problems: readonly string[];
};

/**
 * Reads a form with at most one file, `file`, which is taken as it comes in: the connection waits while the taker
 * writes, so that memory holds a piece of it and never the whole.
 *
 * @param takeFile gets the fields that stood before the file. What it throws ends the reading.
 * @throws DomainError `invalid` for a form that breaks off; 415 unless it is `multipart/form-data`.
 */
export async function readForm<T>(
  req: IncomingMessage,
  takeFile: (file: UploadedFile, fields: FormFields) => Promise<T>,
): Promise<Form<T>> {
  const parser = openParser(req);
  const fields: Record<string, string> = Object.create(null) as Record<string, string>;
  const problems: string[] = [];
  let taking: Promise<T> | undefined;
  const read = new Promise<void>((resolve, reject) => {
    parser.on("field", (name, value, { valueTruncated }) => {
      if (valueTruncated) problems.push(`${name}: is too long`);
      else if (name in fields) problems.push(`${name}: is there twice`);
      else fields[name] = value;
    });
    parser.on("file", (name, stream, { filename }) => {
      // Whoever reads it meets the error there; until then, and after, it must not end the process.
      stream.on("error", () => undefined);
      if (name !== "file" || taking) {
        problems.push(name === "file" ? "file: is there twice" : `${name}: unknown property`);
        stream.resume();
        return;
      }
      taking = takeFile({ name: filename || "file.csv", content: stream as AsyncIterable<Buffer> }, fields);
      taking.catch(reject);
    });
    parser.on("error", () => reject(invalid("The form is broken off or malformed")));
    parser.on("close", resolve);
    // A parser that waits for bytes that will not come would wait for ever.
    req.once("close", () => {
      if (!req.complete) parser.destroy(new Error("The connection was closed"));
    });
  });
  try {
    req.pipe(parser);
    await read;
    return { fields, file: await taking, problems };
  } finally {
    // What is left is read away by whoever answers.
    req.unpipe(parser);
    parser.on("error", () => undefined);
    parser.destroy();
    await taking?.catch(() => undefined);
  }
}

function openParser(req: IncomingMessage): busboy.Busboy {
  const type = req.headers["content-type"] ?? "";
  if (!/^multipart\/form-data\s*(;|$)/i.test(type))
    throw new TRPCError({ code: "UNSUPPORTED_MEDIA_TYPE", message: "The body must be multipart/form-data" });
  if (req.headers["content-encoding"] !== undefined && req.headers["content-encoding"] !== "identity")
    throw new TRPCError({ code: "UNSUPPORTED_MEDIA_TYPE", message: "Compressed bodies are not accepted" });
  try {
    return busboy({
      headers: req.headers,
      defParamCharset: "utf8",
      limits: { fields: 20, fieldSize: MAX_FIELD_BYTES, files: 5, parts: 25, fieldNameSize: 100 },
    });
  } catch {
    throw invalid("The form has no boundary");
  }
}

/** How many files may come in at the same time; each holds a megabyte and a half. */
const MAX_AT_ONCE = 10;
let running = 0;

/** @throws DomainError `unavailable` while many others do the same. */
export async function asOneOfFew<T>(work: () => Promise<T>): Promise<T> {
  if (running >= MAX_AT_ONCE)
    throw new DomainError("unavailable", "Too many files at once. Try again soon.", undefined, 10);
  running++;
  try {
    return await work();
  } finally {
    running--;
  }
}
