const ID_BYTES = 16;
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Two ids as the 32 bytes of a token. @throws Error for what is no UUID. */
export function packIds(first: string, second: string): Uint8Array {
  for (const id of [first, second]) if (!UUID.test(id)) throw new Error(`${id} is not a UUID.`);
  return Buffer.from((first + second).replaceAll("-", ""), "hex");
}

/** The ids of `packIds`; null for anything else. */
export function unpackIds(payload: Uint8Array | null): [first: string, second: string] | null {
  if (payload?.byteLength !== 2 * ID_BYTES) return null;
  return [toUuid(payload.subarray(0, ID_BYTES)), toUuid(payload.subarray(ID_BYTES))];
}

const toUuid = (bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString("hex")
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
