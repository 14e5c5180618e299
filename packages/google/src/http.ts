import { GoogleError, toConnectionError } from "./google-error";

/** What came back; `body` is undefined where it is no JSON. */
export type HttpAnswer = { status: number; headers: Headers; body: unknown };

/** An answer is small: ids, or the headers of one message. */
const MAX_BYTES = 5_000_000;

/**
 * One call, without redirects, within a time and a size. Statuses are the caller's to judge.
 *
 * @throws GoogleError `unavailable` when there is no answer, `garbled` when it is too large.
 */
export async function callGoogle(url: string, init: RequestInit, timeoutMs: number): Promise<HttpAnswer> {
  try {
    const response = await fetch(url, { ...init, redirect: "manual", signal: AbortSignal.timeout(timeoutMs) });
    return { status: response.status, headers: response.headers, body: parse(await readText(response)) };
  } catch (error) {
    throw error instanceof GoogleError ? error : toConnectionError(error);
  }
}

async function readText(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  const reader = response.body?.getReader();
  let text = "";
  let size = 0;
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    size += part.value.byteLength;
    if (size > MAX_BYTES) {
      await reader?.cancel();
      throw garbled();
    }
    text += decoder.decode(part.value, { stream: true });
  }
  return text + decoder.decode();
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The error for an answer that does not have the form that Google documents. */
export const garbled = (): GoogleError => new GoogleError("garbled", "Google answered something that is no answer.");
