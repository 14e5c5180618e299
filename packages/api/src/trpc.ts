import { initTRPC } from "@trpc/server";
import superjson from "superjson";
import type { OpenApiMeta } from "trpc-to-openapi";
import { assertCleanInput } from "./clean-input";
import type { ApiContext } from "./context";
import { toPublicError, toTrpcError } from "./errors";

export type AuthLevel =
  | "none"
  | "signature"
  | "open"
  | "session"
  | "viewer"
  | "member"
  | "admin"
  | "recordAdmin"
  | "globalAdmin";

/** HMAC-SHA256 over the raw body: in which header, with which secret of the environment. */
export type BodySignature = { header: string; secret: string; encoding: "hex" | "base64" };

/** What the REST bridge and the reference need to know beside the verb and path of `meta.openapi`. */
export type RestMeta = {
  /** Who may call; set by the procedure builders (top level, since tRPC merges meta shallowly). */
  auth?: AuthLevel;
  /** The lowest role that an `open` procedure takes. */
  openTo?: "viewer" | "member";
  rest?: {
    /** Success status, 200 unless set. */
    status?: 200 | 201 | 202;
    contentType?: "text/html";
    /** The body is taken as it came and parsed by the procedure (webhooks). */
    rawBody?: boolean;
    /** Largest body in bytes; 20 MB unless set. */
    maxBodyBytes?: number;
    /** Statuses beside the usual ones of its auth level, for the reference and the conformance table. */
    errors?: readonly (400 | 403 | 404 | 409 | 413 | 503)[];
    /** What some of them mean here, in the words of the reference: `{ 409: "duplicate email" }`. */
    reasons?: Readonly<Partial<Record<number, string>>>;
    /** How the sender of a body proves itself; for the samples, the procedure checks it. */
    signature?: BodySignature;
  };
};
export type Meta = OpenApiMeta<RestMeta>;

const t = initTRPC
  .context<ApiContext>()
  .meta<Meta>()
  .create({
    transformer: superjson,
    errorFormatter({ shape, error, ctx }) {
      const mapped = toTrpcError(error);
      const known = toPublicError(mapped, ctx?.core.requestId ?? "");
      return {
        message: known.error,
        code: shape.code,
        data: { code: mapped.code, httpStatus: shape.data.httpStatus, ...known, path: shape.data.path },
      };
    },
  });

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

/** Maps the domain's failures, once for every procedure. */
const mapped = t.procedure.use(async ({ next, ctx, path, getRawInput }) => {
  // Nothing sent is an empty object: every input is an object, many of optional properties alone.
  const result = await next({ getRawInput: async () => assertCleanInput((await getRawInput()) ?? {}) });
  if (result.ok) return result;
  const error = toTrpcError(result.error);
  if (error.code === "INTERNAL_SERVER_ERROR") ctx.core.logger.error({ err: error.cause, path }, "procedure failed");
  throw error;
});

export const baseProcedure = mapped;
