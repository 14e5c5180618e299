import type { ScriptManual } from "@hustings/contracts/script-manual";

export type ManualModel = ScriptManual["models"][number];

/** `for await (const contact of crm.contacts.iterate(…))` or `const contact = await crm.contacts.get(…)`. */
const SOURCE = /\b(?:const|let|var)\s+([\w$]+)\s+(?:of|=)\s+(await\s+)?crm\.(\w+\.\w+)\s*\(/g;

/** What a variable holds that came straight from `crm`; undefined for any other. The last line that names it counts. */
export function findModel(code: string, variable: string, manual: ScriptManual): ManualModel | undefined {
  const source = [...code.matchAll(SOURCE)].findLast(([, name]) => name === variable);
  const entry = manual.methods.find(({ path }) => path === source?.[3]);
  const name = source?.[2] ? entry?.answers : entry?.items;
  return manual.models.find((model) => model.name === name);
}
