import type { HttpMethod, Operation } from "./endpoints";

export type RouteMatch =
  | { kind: "found"; operation: Operation; parameters: Record<string, string> }
  | { kind: "wrongMethod"; allow: readonly string[] };

type Route = { segments: readonly string[]; byMethod: Map<string, Operation> };

/**
 * Finds the operation of a verb and a path. A literal segment wins over a parameter, so `/contacts/tags` is never
 * the contact "tags". HEAD is answered by GET.
 */
export function createRouteTable(
  operations: readonly Operation[],
): (method: string, pathname: string) => RouteMatch | undefined {
  const literal = new Map<string, Route>();
  const parametric = new Map<number, Route[]>();
  for (const operation of operations) addRoute(literal, parametric, operation);
  for (const routes of parametric.values()) routes.sort(byLiteralSegmentsFirst);

  return (method, pathname) => {
    const segments = pathname.split("/");
    const route =
      literal.get(pathname) ?? parametric.get(segments.length)?.find((candidate) => matches(candidate, segments));
    if (!route) return undefined;
    const operation = route.byMethod.get(method === "HEAD" ? "GET" : method);
    if (!operation) return { kind: "wrongMethod", allow: allowedMethods(route) };
    const parameters = readParameters(route, segments);
    return parameters ? { kind: "found", operation, parameters: renameParameters(operation, parameters) } : undefined;
  };
}

function addRoute(literal: Map<string, Route>, parametric: Map<number, Route[]>, operation: Operation): void {
  const segments = operation.path.split("/").map((segment) => (isParameter(segment) ? "{}" : segment));
  const key = segments.join("/");
  if (operation.pathParameters.length === 0) {
    const route = literal.get(key) ?? { segments, byMethod: new Map() };
    route.byMethod.set(operation.method, operation);
    literal.set(key, route);
    return;
  }
  const sameLength = parametric.get(segments.length) ?? [];
  const route = sameLength.find((candidate) => candidate.segments.join("/") === key) ?? {
    segments,
    byMethod: new Map(),
  };
  if (!sameLength.includes(route)) sameLength.push(route);
  route.byMethod.set(operation.method, operation);
  parametric.set(segments.length, sameLength);
}

const isParameter = (segment: string) => segment.startsWith("{");
const pattern = (route: Route) => route.segments.map((segment) => (isParameter(segment) ? "1" : "0")).join("");
const byLiteralSegmentsFirst = (a: Route, b: Route) => pattern(a).localeCompare(pattern(b));

const matches = (route: Route, segments: readonly string[]) =>
  route.segments.every((segment, index) =>
    isParameter(segment) ? segments[index] !== "" : segment === segments[index],
  );

function allowedMethods(route: Route): string[] {
  const methods = [...route.byMethod.keys()] as HttpMethod[];
  return methods.flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method]));
}

/** The values in order, or undefined where one is not percent-encoded UTF-8 or holds a NUL: no such path. */
function readParameters(route: Route, segments: readonly string[]): string[] | undefined {
  try {
    const values = segments.filter((_, index) => isParameter(route.segments[index] ?? "")).map(decodeURIComponent);
    return values.some((value) => value.includes("\u0000")) ? undefined : values;
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

const renameParameters = (operation: Operation, values: readonly string[]) =>
  Object.fromEntries(operation.pathParameters.map((name, index) => [name, values[index] as string]));
