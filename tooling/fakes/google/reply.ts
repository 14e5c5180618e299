/** An answer of the fake: JSON unless the body is text. */
export type Reply = { status: number; body?: unknown; headers?: Record<string, string> };

export const refuse = (status: number, message: string, reason: string): Reply => ({
  status,
  body: { error: { code: status, message, errors: [{ message, domain: "global", reason }] } },
});
