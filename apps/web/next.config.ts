import { cpSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import type { NextConfig } from "next";
import { PHASE_PRODUCTION_SERVER } from "next/constants";

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  transpilePackages: [
    "@hustings/api",
    "@hustings/auth",
    "@hustings/contracts",
    "@hustings/core",
    "@hustings/crypto",
    "@hustings/db",
    "@hustings/email",
    "@hustings/logger",
    "@hustings/ui",
  ],
  turbopack: { root: path.join(import.meta.dirname, "../..") },
  // `npm run check` checks the types once for the whole house; a build that did it again would take 7 s longer.
  typescript: { ignoreBuildErrors: true },
  // No picture of ours needs the optimizer, and none comes from another host.
  images: { unoptimized: true },
  devIndicators: false,
  // The shared runtime starts each page by an inline script, which our content policy refuses.
  experimental: { turbopackSharedRuntime: false },
};

/** Scalar's built file is served as it is: to build it anew with our pages would more than double the time (ADR 26). */
function layReferenceIntoPublic(): void {
  const file = createRequire(import.meta.url).resolve("@scalar/api-reference/browser/standalone.js");
  cpSync(file, path.join(import.meta.dirname, "public/scalar/standalone.js"));
}

export default (phase: string): NextConfig => {
  if (phase !== PHASE_PRODUCTION_SERVER) layReferenceIntoPublic();
  return config;
};
