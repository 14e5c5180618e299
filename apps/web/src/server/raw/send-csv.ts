import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { RestCall } from "@hustings/api/rest/handler";

/**
 * Sends a file that is made while it is sent. What can be refused is refused by its first piece, while there is still a
 * status to say it with; a reader who leaves ends the making.
 */
export async function sendCsv(
  { req, res }: Pick<RestCall, "req" | "res">,
  pieces: AsyncGenerator<string>,
  fileName: string,
): Promise<void> {
  const first = await pieces.next();
  res.setHeader("content-type", "text/csv; charset=utf-8");
  res.setHeader("content-disposition", `attachment; filename="${fileName}"`);
  if (req.method === "HEAD") {
    await pieces.return(undefined);
    return void res.end();
  }
  await pipeline(Readable.from(follow(first, pieces), { objectMode: false }), res);
}

/** The piece that was read already, then the rest; leaving early ends the making. */
async function* follow(first: IteratorResult<string>, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  try {
    if (!first.done) yield first.value;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}
