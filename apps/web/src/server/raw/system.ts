import { sendJson } from "@hustings/api/rest/answers";
import { createOpenApiDocument } from "@hustings/api/rest/document";
import { appRouter } from "@hustings/api/router";
import type { Composition } from "../composition";
import { checkReadiness } from "../readiness";
import type { RawRoutes } from "./registered-routes";

/** Health, readiness, and the reference for machines. */
export function systemRoutes(composition: Composition): RawRoutes {
  let document: ReturnType<typeof createOpenApiDocument> | undefined;
  return {
    "system.openapi": async ({ res }) => {
      document ??= createOpenApiDocument(appRouter, composition.core.settings.appUrl);
      sendJson(res, 200, document);
    },
    "system.health": async ({ res }) => sendJson(res, 200, { status: "ok" }),
    "system.ready": async ({ res }) => {
      const { checks, problems } = await checkReadiness(composition.core.pool, composition.listPendingMigrations);
      if (problems.length === 0) return sendJson(res, 200, { status: "ready", checks });
      res.setHeader("retry-after", "5");
      sendJson(res, 503, { error: "Not ready", details: problems, checks });
    },
  };
}
