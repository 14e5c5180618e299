import type { Answer } from "../testing/send-request";
import { assertDocumented } from "./documented";
import type { Example, Row } from "./row";
import type { World } from "./world";

/** The verb of a row. */
export const methodOf = (row: Row): string => row.operation.split(" ", 1)[0] as string;
export const pathOf = (row: Row): string => row.operation.slice(methodOf(row).length + 1);

/**
 * Sends an example of a row.
 *
 * @throws Error when the example lacks a path parameter, or the answer is another than the reference says.
 */
export async function call(
  world: World,
  row: Row,
  example: Example,
  key: string | undefined,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const path = pathOf(row).replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = example.parameters?.[name];
    if (value === undefined) throw new Error(`${row.operation}: its example lacks ${name}`);
    return encodeURIComponent(value);
  });
  const query = new URLSearchParams(example.query).toString();
  const answer = await world.server.send(methodOf(row), query ? `${path}?${query}` : path, {
    body: example.body,
    headers: { ...example.headers, ...headers },
    key,
  });
  assertDocumented(row.operation, answer);
  return answer;
}

export const exampleOf = async (world: World, row: Row): Promise<Example> => (await row.given?.(world)) ?? {};

/** The key with the lowest role that may call. */
export function sufficientKey(world: World, row: Row): string | undefined {
  const { keys } = world.a;
  if (row.auth === "none" || row.auth === "signature") return undefined;
  if (row.auth === "globalAdmin") return world.globalAdminKey;
  if (row.auth === "open") return keys[row.role ?? "viewer"];
  if (row.auth === "recordAdmin") return keys.admin;
  return row.auth === "session" ? keys.viewer : keys[row.auth];
}

/** The role that an operation asks for, where some role is too low for it. */
export function requiredRole(row: Row): "member" | "admin" | "globalAdmin" | undefined {
  const required = row.auth === "open" ? row.role : row.auth;
  if (required === "recordAdmin") return "admin";
  return required === "member" || required === "admin" || required === "globalAdmin" ? required : undefined;
}

/** A key of the same workspace whose role is one too low. */
export function insufficientKey({ a }: World, required: "member" | "admin" | "globalAdmin"): string {
  return { member: a.keys.viewer, admin: a.keys.member, globalAdmin: a.keys.admin }[required];
}

/** Whether an operation works in one workspace, so that a header could lead it into another. */
export const isOfWorkspace = (row: Row): boolean => ["open", "viewer", "member", "admin"].includes(row.auth);
