import path from "node:path";
import { build } from "esbuild";

/**
 * Bundles one app's entry and our own packages into one file for Node 20; third-party packages stay outside and
 * resolve from the root's node_modules (docs/adr/0004-bundles-and-hoisting.md).
 *
 * Usage, in the app's directory: node ../../tooling/build/bundle.mjs src/worker.ts dist/worker.js
 */
const [entry, outfile] = process.argv.slice(2);
if (!entry || !outfile) throw new Error("Usage: bundle.mjs <entry> <outfile>");

const isOurs = (specifier) => /^(\.|\/|@hustings\/)/.test(specifier) || path.isAbsolute(specifier);

await build({
  entryPoints: [entry],
  outfile,
  bundle: true,
  platform: "node",
  target: "node20.19",
  format: "esm",
  sourcemap: true,
  logLevel: "warning",
  plugins: [
    {
      name: "third-party-stays-outside",
      setup: (bundler) =>
        bundler.onResolve({ filter: /.*/ }, ({ path: specifier, kind }) =>
          kind === "entry-point" || isOurs(specifier) ? undefined : { path: specifier, external: true },
        ),
    },
  ],
});
