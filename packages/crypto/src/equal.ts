import { timingSafeEqual } from "node:crypto";

/** Compares in a time that does not tell where two values differ. Different lengths are unequal, never an error. */
export function isEqualInConstantTime(left: Uint8Array, right: Uint8Array): boolean {
  return left.byteLength === right.byteLength && timingSafeEqual(left, right);
}
