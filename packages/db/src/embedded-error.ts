/** One clear sentence about why the embedded database cannot serve; shown to the operator as it is. */
export class EmbeddedPostgresError extends Error {
  override readonly name = "EmbeddedPostgresError";
}

/** Turns what the operating system said about a file into a sentence with its remedy; passes anything else on. */
export function toFileError(error: unknown, path: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === "ENOSPC" || code === "EDQUOT")
    return new EmbeddedPostgresError(`No space is left on the disk that holds ${path}.`);
  if (code === "EACCES" || code === "EPERM" || code === "EROFS")
    return new EmbeddedPostgresError(
      `${path} cannot be written (${code}): give this user the right to, or name another place in HUSTINGS_DATA_DIR.`,
    );
  if (code === "ENOTDIR" || code === "EEXIST")
    return new EmbeddedPostgresError(
      `${path} is in the way: it is not a directory. Name another place in HUSTINGS_DATA_DIR.`,
    );
  return error;
}

/** Reads the cause out of what Postgres wrote while it failed to start. */
export function toStartError(log: string, dataDirectory: string, logPath: string): EmbeddedPostgresError {
  if (/no space left on device/i.test(log))
    return new EmbeddedPostgresError(`No space is left on the disk that holds ${dataDirectory}.`);
  if (/permission denied|read-only file system/i.test(log))
    return new EmbeddedPostgresError(`Postgres may not write ${dataDirectory}: ${lastProblem(log)}`);
  if (/lock file .* already exists|is another postmaster/i.test(log))
    return new EmbeddedPostgresError(
      `Another Postgres already serves ${dataDirectory}; stop it, or name another place in HUSTINGS_DATA_DIR.`,
    );
  if (/could not look up effective user ID/i.test(log))
    return new EmbeddedPostgresError(
      "The user that runs Hustings has no entry in /etc/passwd, which Postgres needs: add one, or start as another user.",
    );
  return new EmbeddedPostgresError(`The embedded Postgres did not start (${lastProblem(log)}); its log is ${logPath}.`);
}

function lastProblem(log: string): string {
  const lines = log.split("\n").filter((line) => /FATAL|PANIC|ERROR|error:/.test(line));
  return (
    (lines.at(-1) ?? log.trim().split("\n").at(-1) ?? "").replace(/^.*?(FATAL|PANIC|ERROR|error):\s*/, "").trim() ||
    "it gave no reason"
  );
}
