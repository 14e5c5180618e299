// Who may import whom: the table of docs/architecture.md. A rule's name says what it keeps.

/** Test files and test support may reach for what their package may not. */
const TESTS = "\\.test\\.tsx?$|/testing/|/test-server\\.ts$";

const ours = (...names) => `^(packages|apps)/(${names.join("|")})/`;

/** A package may import of ours only what is named; everything third-party is its own business. */
const onlyOurs = (name, from, allowed) => ({
  name,
  severity: "error",
  from: { path: from, pathNot: TESTS },
  to: { path: "^(packages|apps|tooling)/", pathNot: [from, ...allowed] },
});

module.exports = {
  forbidden: [
    {
      name: "no-circle",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "everything-resolves",
      severity: "error",
      from: { pathNot: "next-env\\.d\\.ts$" },
      to: { couldNotResolve: true, pathNot: "^(~|\\$)|\\.css$" },
    },
    {
      name: "contracts-import-zod-alone",
      severity: "error",
      from: { path: ours("contracts"), pathNot: TESTS },
      to: { pathNot: [ours("contracts"), "node_modules/(\\.pnpm/)?zod"] },
    },
    onlyOurs("crypto-stands-alone", ours("crypto"), []),
    onlyOurs("logger-stands-alone", ours("logger"), []),
    onlyOurs("ui-stands-alone", ours("ui"), []),
    onlyOurs("job-engine-knows-nothing-of-hustings", ours("job-engine"), []),
    onlyOurs("db-imports-logger", ours("db"), [ours("logger")]),
    onlyOurs("email-imports", ours("email"), [ours("contracts", "crypto", "logger")]),
    onlyOurs("google-imports", ours("google"), [ours("crypto")]),
    onlyOurs("script-runner-stands-alone", ours("script-runner"), []),
    onlyOurs("core-imports", ours("core"), [
      ours("contracts", "db", "crypto", "logger", "email", "google", "job-engine", "script-runner"),
    ]),
    {
      name: "core-reads-scripts-and-never-runs-them",
      severity: "error",
      from: { path: ours("core"), pathNot: TESTS },
      to: {
        path: ours("script-runner"),
        pathNot: "^packages/script-runner/src/check-syntax\\.ts$",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "core-knows-the-job-engine-by-types-alone",
      severity: "error",
      from: { path: ours("core"), pathNot: TESTS },
      to: { path: ours("job-engine"), dependencyTypesNot: ["type-only"] },
    },
    onlyOurs("auth-imports", ours("auth"), [
      ours("contracts", "crypto"),
      "^packages/core/src/(users|api-keys|errors|context)",
    ]),
    onlyOurs("api-imports", ours("api"), [ours("contracts", "core", "logger", "auth")]),
    onlyOurs("jobs-imports", ours("jobs"), [
      ours("contracts", "core", "logger", "email", "google", "crypto"),
      ours("db"),
      "^packages/script-runner/src/env\\.ts$",
    ]),
    {
      name: "jobs-reach-db-in-context-alone",
      severity: "error",
      from: { path: ours("jobs"), pathNot: ["/context\\.ts$", TESTS] },
      to: { path: ours("db") },
    },
    {
      name: "core-knows-no-transport",
      severity: "error",
      from: { path: ours("core") },
      to: { path: "node_modules/(\\.pnpm/)?(@trpc|next|next-auth|inngest)[@/+]" },
    },
    {
      name: "the-generated-client-stays-in-db",
      severity: "error",
      from: { pathNot: "^packages/db/" },
      to: { path: "^packages/db/src/generated" },
    },
    {
      name: "pages-and-features-are-client-code",
      severity: "error",
      from: {
        path: "^apps/web/src/(pages|features|components|client)/",
        pathNot: ["^apps/web/src/pages/api/auth/", TESTS],
      },
      to: {
        path: [ours("core", "db", "auth", "jobs", "email", "crypto", "logger", "api"), "^apps/web/src/server/"],
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "what-is-imported-is-declared",
      severity: "error",
      from: { pathNot: [TESTS, "\\.config\\.ts$"] },
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(\\.next|dist|generated)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tooling/boundaries/tsconfig.json" },
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "types", "node", "default"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json"],
    },
  },
};
