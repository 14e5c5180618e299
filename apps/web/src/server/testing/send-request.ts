import { Agent, type IncomingHttpHeaders, request } from "node:http";

export type Sending = {
  /** Objects go out as JSON. */
  body?: string | Buffer | object | undefined;
  headers?: Record<string, string> | undefined;
  /** Raw API key. */
  key?: string | undefined;
};

export type Answer = { status: number; headers: IncomingHttpHeaders; text: string; json: <T = unknown>() => T };

const agent = new Agent({ keepAlive: true, maxSockets: 20 });

/** Sends exactly what it is told, odd paths and headers included, which fetch would put right. */
export function sendRequest(
  port: number,
  method: string,
  path: string,
  { body, headers, key }: Sending = {},
): Promise<Answer> {
  const isJson = body !== undefined && typeof body !== "string" && !Buffer.isBuffer(body);
  const bytes = isJson ? JSON.stringify(body) : body;
  const all = {
    ...(key ? { authorization: `Bearer ${key}` } : {}),
    ...(isJson ? { "content-type": "application/json" } : {}),
    ...(bytes === undefined ? {} : { "content-length": String(Buffer.byteLength(bytes)) }),
    ...headers,
  };
  return new Promise((resolve, reject) => {
    const req = request({ port, host: "127.0.0.1", method, path, headers: all, agent }, (res) => {
      const chunks: Buffer[] = [];
      res.on("data", (chunk: Buffer) => chunks.push(chunk));
      res.on("error", reject);
      res.on("end", () => {
        const text = Buffer.concat(chunks).toString("utf8");
        resolve({ status: res.statusCode ?? 0, headers: res.headers, text, json: <T>() => JSON.parse(text) as T });
      });
    });
    req.on("error", reject);
    req.end(bytes);
  });
}
