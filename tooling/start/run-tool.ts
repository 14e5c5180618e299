import path from "node:path";
import { generateClient } from "./build";
import { runProgram } from "./run-program";
import { nodeCommand, runTypeScript } from "./service-command";
import { readSettings, root } from "./settings";

/** Runs one of our TypeScript tools, as it is. */
export async function runTool(file: string, args: string[]): Promise<number> {
  const { environment } = readSettings();
  await generateClient(environment);
  return runProgram(
    nodeCommand([...runTypeScript, "--enable-source-maps", path.join(root, file), ...args]),
    environment,
  );
}
