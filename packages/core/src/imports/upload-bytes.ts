import { DomainError } from "../errors";
import type { CoreContext } from "../context";
import type { ByteSource } from "./records";

/** Bytes of every chunk of an upload but its last. */
export const CHUNK_BYTES = 1024 * 1024;

/** The file is gone: swept, cancelled, or imported already. */
export class UploadGoneError extends DomainError {
  constructor() {
    super("invalid", "The file is not here any more: upload it again");
  }
}

/**
 * Reads an upload from any offset, one chunk in memory at a time.
 *
 * @throws UploadGoneError when a chunk is missing.
 */
export function readUpload(ctx: Pick<CoreContext, "db">, { id, size }: { id: string; size: number }): ByteSource {
  return async (offset) => {
    if (offset >= size) return null;
    const chunkNo = Math.floor(offset / CHUNK_BYTES);
    const chunk = await ctx.db.importUploadChunk.findUnique({ where: { uploadId_chunkNo: { uploadId: id, chunkNo } }, select: { bytes: true } });
    if (!chunk) throw new UploadGoneError();
    const { buffer, byteOffset, byteLength } = chunk.bytes;
    return Buffer.from(buffer, byteOffset, byteLength).subarray(offset - chunkNo * CHUNK_BYTES);
  };
}
