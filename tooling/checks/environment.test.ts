import path from "node:path";
import { expect, test } from "vitest";
import { checkEnvironment, findReaders, findUnlisted } from "./environment";

test("a variable must stand in the example, with or without a value", () => {
  const text = "createEnv({ server: {\n  PORT: z.number(),\n  API_KEY_SECRET: secret,\n  NEW_THING: z.string(),\n} })";
  expect(findUnlisted("packages/x/src/env.ts", text, "PORT=3000\n# API_KEY_SECRET=\n")).toEqual([
    "packages/x/src/env.ts reads NEW_THING, which .env.example does not name.",
  ]);
});

test("the environment is read in env.ts alone", () => {
  expect(findReaders("packages/x/src/a.ts", "const a = 1;\nconst b = process.env.PORT;")).toEqual([
    "packages/x/src/a.ts:2 reads process.env; only an env.ts may.",
  ]);
});

test("this house keeps both rules", () => {
  expect(checkEnvironment(path.join(import.meta.dirname, "../.."))).toEqual([]);
});
