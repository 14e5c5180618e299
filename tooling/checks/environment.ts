import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/**
 * Two rules about configuration: a package reads `process.env` in its `env.ts` alone, and `.env.example` names every
 * variable that an `env.ts` knows.
 */
export function checkEnvironment(root: string): string[] {
  const files = ["apps", "packages"].flatMap((place) => listSources(path.join(root, place)));
  const example = readFileSync(path.join(root, ".env.example"), "utf8");
  return files.flatMap((file) => {
    const text = readFileSync(file, "utf8");
    const name = path.relative(root, file);
    return path.basename(file) === "env.ts" ? findUnlisted(name, text, example) : findReaders(name, text);
  });
}

/** Variables of an `env.ts` that the example does not explain. */
export function findUnlisted(name: string, text: string, example: string): string[] {
  const variables = [...text.matchAll(/^\s+([A-Z][A-Z0-9_]+):/gm)].map(([, variable = ""]) => variable);
  return variables
    .filter((variable) => !NOT_FOR_OPERATORS.has(variable) && !new RegExp(`^#?\\s?${variable}=`, "m").test(example))
    .map((variable) => `${name} reads ${variable}, which .env.example does not name.`);
}

/** Places outside of `env.ts` that read the environment. */
export function findReaders(name: string, text: string): string[] {
  return text
    .split("\n")
    .flatMap((line, index) =>
      /\bprocess\.env\b/.test(line) ? [`${name}:${index + 1} reads process.env; only an env.ts may.`] : [],
    );
}

/** Set by tools and by the start scripts, for themselves. */
const NOT_FOR_OPERATORS = new Set(["HUSTINGS_TEST_DATABASE_URL", "NODE_ENV", "LC_ALL", "LANGUAGE", "TZ"]);

/** Tests and what only they use may set up a world of their own. */
const LEFT_OUT = /(^|\/)(node_modules|generated|dist|\.next|e2e|testing)$|\.test\.tsx?$|\.config\.(ts|mjs)$/;

function listSources(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const place = path.join(directory, entry.name);
    if (LEFT_OUT.test(place)) return [];
    if (entry.isDirectory()) return listSources(place);
    return /\.(ts|tsx|mjs)$/.test(entry.name) ? [place] : [];
  });
}
