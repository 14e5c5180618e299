import { connect } from "node:net";
import type { ImportUpload } from "@hustings/contracts/imports";
import { runImportSlice } from "@hustings/core/imports/run-import";
import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createSide, type Side } from "../conformance/world";
import { multipartForm } from "../testing/multipart-form";
import { type RunningServer, startServerForTests } from "../testing/start-server";

let database: TestDatabase;
let server: RunningServer;
let side: Side;
beforeAll(async () => {
  database = await createTestDatabase();
  server = await startServerForTests(database);
});
afterAll(async () => {
  await server.close();
  await database.drop();
});
beforeEach(async () => {
  side = await createSide(database);
});

type Parts = Parameters<typeof multipartForm>[0];
const post = (path: string, parts: Parts, key = side.keys.member) =>
  server.send("POST", `/api/contacts/import/${path}`, { ...multipartForm(parts), key });
const get = (path: string, key = side.keys.viewer) => server.send("GET", `/api/contacts/import/${path}`, { key });
const file = (content: string | Buffer) => ["file", { fileName: "ljudje.csv", content }] as const;
const options = (value: object) => ["options", JSON.stringify(value)] as const;
const uploads = () => side.ctx.db.importUpload.count({ where: { workspaceId: side.workspaceId } });
const person = (name: string) => `${name}@${side.workspaceId.slice(-8)}.example.org`;

async function finish(jobId: string): Promise<void> {
  while (!(await runImportSlice(side.ctx, { importId: jobId, budgetMs: 1_000 })).isDone);
}

describe("a file of contacts over HTTP", () => {
  it("is uploaded, looked at, tried, imported, and its errors are downloaded", async () => {
    const answer = await post("uploads", [file(`Ime;E-naslov\nAna;${person("ana")}\n=Bo;bo@@x\n`)]);
    expect(answer.status, answer.text).toBe(201);
    const upload = answer.json<ImportUpload>();
    expect(upload).toMatchObject({
      fileName: "ljudje.csv",
      columns: ["Ime", "E-naslov"],
      guesses: { delimiter: ";", mapping: { Ime: "firstName", "E-naslov": "email" } },
    });
    expect((await get(`uploads/${upload.uploadId}?delimiter=%2C`, side.keys.member)).json()).toMatchObject({
      columns: ["Ime;E-naslov"],
    });

    const started = await post("file", [options({ mapping: upload.guesses.mapping, uploadId: upload.uploadId })]);
    expect(started.status, started.text).toBe(202);
    const { jobId } = started.json<{ jobId: string }>();
    expect((await get(jobId)).json()).toMatchObject({ jobId, status: "queued", dryRun: false, total: 2, processed: 0 });
    await finish(jobId);
    expect((await get(jobId)).json()).toMatchObject({
      status: "completed",
      total: 2,
      processed: 2,
      created: 1,
      errorCount: 1,
    });
    const errors = await get(`${jobId}/errors`);
    expect(errors.headers["content-type"]).toBe("text/csv; charset=utf-8");
    expect(errors.text).toBe(
      "\ufeffline,column,value,error\n3,E-naslov,bo@@x,must be an email address: it has more than one @\n",
    );
    const list = await server.send("GET", "/api/contacts/imports", { key: side.keys.viewer });
    expect([list.headers["x-total-count"], list.json<{ jobId: string }[]>().map((job) => job.jobId)]).toEqual([
      "1",
      [jobId],
    ]);
    expect((await server.send("POST", `/api/contacts/import/${jobId}/cancel`, { key: side.keys.member })).status).toBe(
      400,
    );
  });

  it("is imported by one request, whichever part comes first", async () => {
    for (const [index, order] of [
      [0, 1],
      [1, 0],
    ].entries()) {
      const parts = [options({ mapping: { email: "email" } }), file(`email\n${person(`p${index}`)}\n`)] as const;
      const answer = await post(
        "file",
        order.map((place) => parts[place] as Parts[number]),
      );
      expect(answer.status, answer.text).toBe(202);
      await finish(answer.json<{ jobId: string }>().jobId);
      expect(await side.ctx.db.contact.count({ where: { email: person(`p${index}`) } })).toBe(1);
    }
  });

  it.each<[string, () => Parts, string[]]>([
    ["no options", () => [file("email\n")], ["options: is required"]],
    ["no mapping", () => [options({ dryRun: "x" }), file("email\n")], ["mapping", "dryRun"]],
    ["no file", () => [options({ mapping: { email: "email" } })], ["file: is required"]],
    ["no JSON", () => [["options", "{"], file("email\n")], ["options: must be JSON"]],
    [
      "an unknown option and field",
      () => [options({ mapping: { email: "email" }, workspaceId: "x" }), ["role", "admin"], file("email\n")],
      ["role: unknown", "workspaceId: unknown"],
    ],
    [
      "a column that is not there",
      () => [file("email\na@b.co\n"), options({ mapping: { mail: "email" } })],
      ["mapping.mail"],
    ],
    [
      "a file and an uploadId",
      () => [options({ mapping: { email: "email" }, uploadId: side.workspaceId }), file("email\n")],
      ["uploadId"],
    ],
    [
      "two files",
      () => [options({ mapping: { email: "email" } }), file("email\n"), file("email\n")],
      ["file: is there twice"],
    ],
    ["a NUL in the options", () => [options({ mapping: { "a\u0000": "email" } }), file("email\n")], ["mapping"]],
  ])("is refused with %s, and nothing of it stays", async (_, parts, details) => {
    const answer = await post("file", parts());
    expect(answer.status, answer.text).toBe(400);
    const named = answer.json<{ details: string[] }>().details;
    for (const detail of details)
      expect(
        named.some((one) => one.startsWith(detail)),
        `${detail} in ${named.join(" | ")}`,
      ).toBe(true);
    expect(await uploads()).toBe(0);
  });

  it("is refused when it is no form, no table, or the form breaks off", async () => {
    const send = (body: string | Buffer, type: string | undefined) =>
      server.send("POST", "/api/contacts/import/uploads", {
        body,
        key: side.keys.member,
        headers: type ? { "content-type": type } : {},
      });
    expect((await send("{}", "application/json")).status).toBe(415);
    expect((await send("x", undefined)).status).toBe(415);
    expect((await send("x", "multipart/form-data")).status).toBe(400);
    expect((await send("no form at all", "multipart/form-data; boundary=x")).status).toBe(400);
    const { body, headers } = multipartForm([file("email\na@b.co\n")]);
    expect((await send(body.subarray(0, -40), headers["content-type"])).status).toBe(400);
    expect((await post("uploads", [file(Buffer.from("504b030414000600", "hex"))])).json()).toMatchObject({
      error: expect.stringContaining("Excel"),
    });
    expect((await post("uploads", [["x", "y"]])).json()).toMatchObject({
      details: ["x: unknown property", "file: is required"],
    });
    expect(await uploads()).toBe(0);
  });

  it("leaves nothing when the client goes away half way", async () => {
    const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
    socket.write(
      `POST /api/contacts/import/uploads HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${side.keys.member}\r\ncontent-type: multipart/form-data; boundary=b\r\ncontent-length: 9999999\r\n\r\n`,
    );
    socket.write(
      `--b\r\ncontent-disposition: form-data; name="file"; filename="x.csv"\r\n\r\n${"a,b\n".repeat(500_000)}`,
    );
    await expect.poll(uploads, { timeout: 10_000 }).toBe(1);
    socket.destroy();
    await expect.poll(uploads, { timeout: 10_000 }).toBe(0);
  });

  it("is nobody else's", async () => {
    const other = await createSide(database);
    const { uploadId } = (await post("uploads", [file("email\na@b.co\n")])).json<ImportUpload>();
    expect((await get(`uploads/${uploadId}`, other.keys.admin)).status).toBe(404);
    const stolen = await post("file", [options({ mapping: { email: "email" }, uploadId })], other.keys.admin);
    expect([stolen.status, stolen.json<{ details: string[] }>().details]).toEqual([400, ["uploadId: not found"]]);
    expect((await post("uploads", [file("email\n")], side.keys.viewer)).status).toBe(403);
    expect((await server.send("POST", "/api/contacts/import/uploads", multipartForm([file("email\n")]))).status).toBe(
      401,
    );
  });
});
