import { spawn } from "node:child_process";
import { type Environment, root } from "./settings";
import { UserError } from "./user-error";

/** Runs a program of the workspace to its end, with our terminal; returns its exit code. */
export function runProgram(command: [string, ...string[]], environment: Environment): Promise<number> {
  const [program, ...args] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, env: environment as NodeJS.ProcessEnv, stdio: "inherit" });
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 1));
  });
}

/** Runs a program and keeps what it prints, for when it fails. */
export function captureProgram(
  command: [string, ...string[]],
  environment: Environment,
  stopping?: AbortSignal,
): Promise<{ code: number; output: string }> {
  const [program, ...args] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: root,
      env: environment as NodeJS.ProcessEnv,
      stdio: ["ignore", "pipe", "pipe"],
      signal: stopping,
    });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.once("error", reject);
    child.once("close", (code) => resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString("utf8") }));
  });
}

/** Runs a program quietly. @throws UserError with what it printed when it fails. */
export async function runQuietly(
  what: string,
  command: [string, ...string[]],
  environment: Environment,
  stopping?: AbortSignal,
): Promise<void> {
  const { code, output } = await captureProgram(command, environment, stopping);
  if (code !== 0) throw new UserError(`${output.trim()}\n\n${what} failed; what it said is above.`);
}
