import { cpSync, readFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";

/**
 * Bundles one app's entry and our own packages into one file for Node 20; third-party packages stay outside and
 * resolve from the root's node_modules (docs/adr/0004-bundles-and-hoisting.md). Files that our code finds beside itself,
 * by `new URL("./child/child.cjs", import.meta.url)`, are laid beside the bundle.
 *
 * Usage, in the app's directory: node ../../tooling/build/bundle.mjs src/worker.ts dist/worker.js
 */
const [entry, outfile] = process.argv.slice(2);
if (!entry || !outfile) throw new Error("Usage: bundle.mjs <entry> <outfile>");

const isOurs = (specifier) => /^(\.|\/|@hustings\/)/.test(specifier) || path.isAbsolute(specifier);

const { metafile } = await build({
  entryPoints: [entry],
  outfile,
  bundle: true,
  platform: "node",
  target: "node20.19",
  format: "esm",
  sourcemap: true,
  metafile: true,
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

for (const input of Object.keys(metafile.inputs).filter((file) => !file.includes("node_modules")))
  for (const [, file] of readFileSync(input, "utf8").matchAll(/new URL\("(\.\/[^"]+\.c?js)", import\.meta\.url\)/g))
    cpSync(path.join(path.dirname(input), file), path.join(path.dirname(outfile), file));
