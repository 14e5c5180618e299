import { uuid } from "@hustings/contracts/primitives";
import { conflict, DomainError } from "@hustings/core/errors";
import { z } from "zod";
import { publicProcedure, sessionProcedure } from "../procedures";
import { router } from "../trpc";

/** The one thing there is. */
export const ID = "0199d1f6-0000-7000-8000-000000000001";
const thing = z.object({ id: uuid, name: z.string(), madeAt: z.date() });
const created = { id: ID, name: "a thing", madeAt: new Date("2026-11-23T10:00:00Z") };
const echo = z.object({ got: z.unknown() });

/** Every shape that an operation of the product has. */
export const testRouter = router({
  list: publicProcedure
    .meta({ openapi: { method: "GET", path: "/things" } })
    .input(
      z.strictObject({
        page: z.number().int().min(1).default(1),
        isOpen: z.boolean().optional(),
        since: z.date().optional(),
        ids: z.array(uuid).optional(),
        search: z.string().trim().optional(),
        sort: z.enum(["name", "size"]).nullish(),
      }),
    )
    .output(echo)
    .query(({ input }) => ({ got: input })),
  bare: publicProcedure
    .meta({ openapi: { method: "GET", path: "/things/{id}/parts" } })
    .input(
      z.strictObject({
        id: uuid,
        kind: z.string().optional(),
        limit: z.number().default(2),
        offset: z.number().default(0),
      }),
    )
    .output(z.array(z.number()))
    .query(({ ctx, input }) => {
      ctx.out.headers["x-total-count"] = "5";
      return [1, 2, 3, 4, 5].slice(input.offset, input.offset + input.limit);
    }),
  // Before the literal path on purpose: the order of the router must not matter.
  get: publicProcedure
    .meta({ openapi: { method: "GET", path: "/things/{id}" } })
    .input(z.strictObject({ id: uuid }))
    .output(thing)
    .query(() => created),
  tags: publicProcedure
    .meta({ openapi: { method: "GET", path: "/things/tags" } })
    .output(z.array(z.string()))
    .query(() => ["literal"]),
  bySlug: publicProcedure
    .meta({ openapi: { method: "GET", path: "/slugs/{slug}" } })
    .input(z.strictObject({ slug: z.string() }))
    .output(echo)
    .query(({ input }) => ({ got: input.slug })),
  create: publicProcedure
    .meta({ openapi: { method: "POST", path: "/things" }, rest: { status: 201 } })
    .input(
      z.strictObject({
        name: z.string().min(1),
        size: z.number().optional(),
        flag: z.boolean().optional(),
        custom: z.record(z.string(), z.string()).default({}),
      }),
    )
    .output(thing)
    .mutation(({ input }) => {
      if (input.name === "taken") throw conflict("It is there already");
      if (input.name === "broken") throw new Error("password=hunter2");
      if (input.name === "away") throw new DomainError("unavailable", "Come back", undefined, 7);
      if (input.name === "bad answer") return { ...created, id: "secret" };
      return created;
    }),
  update: sessionProcedure
    .meta({ openapi: { method: "PUT", path: "/things/{id}" } })
    .input(z.strictObject({ id: uuid, name: z.string().min(1).optional() }))
    .output(echo)
    .mutation(({ input }) => ({ got: input })),
  remove: publicProcedure
    .meta({ openapi: { method: "DELETE", path: "/things/{id}/parts" } })
    .input(z.strictObject({ id: uuid, count: z.number().optional(), all: z.boolean().optional() }))
    .output(echo)
    .mutation(({ input }) => ({ got: input })),
  run: publicProcedure
    .meta({ openapi: { method: "POST", path: "/things/{id}/run" } })
    .input(z.strictObject({ id: uuid }))
    .output(z.object({ queued: z.literal(true) }))
    .mutation(() => ({ queued: true as const })),
  noInput: publicProcedure
    .meta({ openapi: { method: "POST", path: "/ping" } })
    .output(z.object({ ok: z.boolean() }))
    .mutation(() => ({ ok: true })),
  hook: publicProcedure
    .meta({ openapi: { method: "POST", path: "/webhooks/x" }, rest: { rawBody: true, maxBodyBytes: 1024 } })
    .input(z.looseObject({}))
    .output(z.object({ bytes: z.string() }))
    .mutation(({ ctx }) => ({ bytes: ctx.rawBody?.toString("hex") ?? "none" })),
  page: publicProcedure
    .meta({ openapi: { method: "GET", path: "/page" }, rest: { contentType: "text/html" } })
    .output(z.string())
    .query(() => "<!doctype html><p>Hello"),
  redirect: publicProcedure
    .meta({ openapi: { method: "GET", path: "/redirect" } })
    .output(z.void())
    .query(({ ctx }) => {
      ctx.out.status = 302;
      ctx.out.headers.location = "https://example.org/";
    }),
  unmapped: publicProcedure.query(() => "over tRPC only"),
});
