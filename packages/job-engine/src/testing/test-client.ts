import { Inngest } from "inngest";

export const signingKey = `signkey-test-${"c0ffee00".repeat(8)}`;
export const eventKey = "test-event-key";

/** Makes the SDK's client as a connected app would: cloud mode, signed, with the engine as its server. */
export function createTestClient(port: number, key: string = eventKey): Inngest {
  const silent = () => undefined;
  return new Inngest({
    id: "app",
    isDev: false,
    baseUrl: `http://127.0.0.1:${port}`,
    eventKey: key,
    signingKey,
    logger: { debug: silent, info: silent, warn: silent, error: silent },
  });
}
