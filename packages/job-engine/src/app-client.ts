import { isRecord } from "./event";
import { type FunctionConfig, parseFunctions } from "./function-config";
import { parseRetryAfterMs, type SdkAnswer, type SdkRequest, signBody } from "./protocol";

/** The app's `serve` handler as a function, called in process. */
export type AppHandler = (request: Request) => Promise<Response>;

/** Calls the app that holds the functions. */
export interface AppClient {
  /**
   * Asks the app for its functions.
   *
   * @throws UnsupportedFunctionError when one cannot be run here; Error when the app does not answer.
   */
  sync(): Promise<FunctionConfig[]>;
  /** Runs a function, or one step of it. An app that cannot be reached is an answer too, one to retry. */
  call(functionId: string, stepId: string | null, request: SdkRequest): Promise<SdkAnswer>;
}

/** The app's address and keys; with `handler` no request leaves the process, and it is signed all the same. */
export interface AppClientOptions {
  appUrl: string;
  signingKey: string;
  handler: AppHandler | null;
  callTimeoutMs: number;
}

/** Makes the client of the app. */
export function createAppClient(options: AppClientOptions): AppClient {
  const exchange = async (method: string, query: string, payload: unknown, headers: Record<string, string>) => {
    const url = `${options.appUrl}${query}`;
    const init = {
      method,
      body: JSON.stringify(payload),
      headers: {
        host: new URL(options.appUrl).host,
        "content-type": "application/json",
        "x-inngest-server-kind": "cloud",
        "x-inngest-signature": signBody(options.signingKey, payload),
        ...headers,
      },
    };
    const response = await withTimeout(options.callTimeoutMs, (signal) =>
      options.handler ? options.handler(new Request(url, init)) : fetch(url, { ...init, signal }),
    );
    const text = await response.text();
    return { response, body: parseJson(text) };
  };

  return {
    async sync() {
      const { response, body } = await exchange(
        "PUT",
        "",
        { url: options.appUrl },
        { "x-inngest-sync-kind": "in_band" },
      );
      if (response.status !== 200 || !isRecord(body)) {
        throw new Error(`The app answered the sync with ${response.status}: ${JSON.stringify(body).slice(0, 300)}`);
      }
      return parseFunctions(body.functions);
    },

    async call(functionId, stepId, request) {
      const query = `?fnId=${encodeURIComponent(functionId)}&stepId=${stepId ?? "step"}`;
      try {
        const { response, body } = await exchange("POST", query, request, {
          "x-run-id": request.ctx.run_id,
          "x-inngest-req-version": "2",
        });
        return {
          status: response.status,
          body,
          noRetry: response.headers.get("x-inngest-no-retry") === "true",
          retryAfterMs: parseRetryAfterMs(response.headers.get("retry-after")),
          isEager: response.headers.get("x-inngest-req-version") === "1",
        };
      } catch (error) {
        const { name, message } = error instanceof Error ? error : { name: "Error", message: String(error) };
        return {
          status: 0,
          body: { name, message: `The app could not be called: ${message}` },
          noRetry: false,
          retryAfterMs: null,
          isEager: false,
        };
      }
    },
  };
}

async function withTimeout<T>(timeoutMs: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const timedOut = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = new Error(`no answer within ${timeoutMs} ms`);
      controller.abort(error);
      reject(error);
    }, timeoutMs);
  });
  try {
    return await Promise.race([work(controller.signal), timedOut]);
  } finally {
    clearTimeout(timer);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
