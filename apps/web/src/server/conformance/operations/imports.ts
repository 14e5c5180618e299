import { importFileOptions } from "@hustings/contracts/imports";
import { startImport } from "@hustings/core/imports/start-import";
import { storeUpload } from "@hustings/core/imports/uploads";
import { newId } from "@hustings/db/ids";
import { multipartForm } from "../../testing/multipart-form";
import type { Example, Rows } from "../row";
import type { World } from "../world";

const newEmail = () => `person-${newId()}@example.org`;
const text = () => `email,name\n${newEmail()},Ana\n`;
const file = () => ["file", { fileName: "list.csv", content: text() }] as const;
const mapping = { email: "email", name: "firstName" };

async function* once(content: string): AsyncGenerator<Buffer> {
  yield Buffer.from(content);
}
const makeUpload = async (world: World): Promise<string> =>
  (await storeUpload(world.a.ctx, "list.csv", once(text()))).uploadId;
const makeImport = async (world: World): Promise<Example> => {
  const { jobId } = await startImport(world.a.ctx, {
    ...importFileOptions.parse({ mapping }),
    uploadId: await makeUpload(world),
  });
  return { parameters: { jobId } };
};

export const importRows: Rows = [
  {
    operation: "POST /api/contacts/import",
    auth: "open",
    role: "member",
    status: 200,
    errors: [400, 401, 403],
    given: () => ({
      body: {
        rows: [{ email: newEmail(), name: "Ana" }],
        mapping,
        constantValues: { _tags: ["csv-import"] },
        skipDuplicates: false,
      },
    }),
    refused: () => [
      { body: {}, details: ["rows", "mapping"] },
      {
        body: { rows: [{ email: 1 }], mapping: { email: "" }, skipDuplicates: "yes" },
        details: ["rows.0.email", "mapping.email", "skipDuplicates"],
      },
      { body: { rows: Array.from({ length: 10_001 }, () => ({})), mapping }, details: ["rows"] },
      {
        body: { rows: [], mapping, constantValues: { email: "x", city: {} } },
        details: ["constantValues.email", "constantValues.city"],
      },
    ],
  },
  {
    operation: "GET /api/contacts/imports",
    auth: "viewer",
    status: 200,
    errors: [400, 401, 403],
    given: async (world) => {
      await makeImport(world);
      return { query: { limit: "10", offset: "0" } };
    },
    refused: () => [{ query: { limit: "0", offset: "-1" }, details: ["limit", "offset"] }],
  },
  {
    operation: "POST /api/contacts/import/uploads",
    auth: "member",
    status: 201,
    errors: [400, 401, 403],
    given: () => multipartForm([file()]),
    refused: () => [{ ...multipartForm([["name", "x"]]), details: ["file: is required", "name: unknown property"] }],
  },
  {
    operation: "GET /api/contacts/import/uploads/{id}",
    auth: "member",
    status: 200,
    errors: [400, 401, 403, 404],
    given: async (world) => ({
      parameters: { id: await makeUpload(world) },
      query: { delimiter: ";", encoding: "utf-8", hasHeader: "true" },
    }),
    refused: () => [
      {
        query: { delimiter: "x", encoding: "klingon", hasHeader: "maybe" },
        details: ["delimiter", "encoding", "hasHeader"],
      },
    ],
  },
  {
    operation: "POST /api/contacts/import/file",
    auth: "member",
    status: 202,
    errors: [400, 401, 403],
    given: () => multipartForm([["options", JSON.stringify({ mapping, dryRun: true })], file()]),
    refused: async (world) => [
      { ...multipartForm([file()]), details: ["options: is required"] },
      {
        ...multipartForm([["options", JSON.stringify({ skipDuplicates: "no" })], file()]),
        details: ["mapping", "skipDuplicates"],
      },
      {
        ...multipartForm([
          ["options", JSON.stringify({ mapping: { phone: "phone" }, uploadId: await makeUpload(world) })],
        ]),
        details: ["mapping.phone"],
      },
      {
        ...multipartForm([["options", JSON.stringify({ mapping, uploadId: newId() })]]),
        details: ["uploadId: not found"],
      },
    ],
  },
  {
    operation: "GET /api/contacts/import/{jobId}",
    auth: "viewer",
    status: 200,
    errors: [401, 403, 404],
    given: makeImport,
  },
  {
    operation: "POST /api/contacts/import/{jobId}/cancel",
    auth: "member",
    status: 200,
    errors: [400, 401, 403, 404],
    given: makeImport,
  },
  {
    operation: "GET /api/contacts/import/{jobId}/errors",
    auth: "viewer",
    status: 200,
    errors: [401, 403, 404],
    given: makeImport,
  },
];
