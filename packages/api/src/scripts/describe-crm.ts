import type { ScriptManual, ScriptManualEntry, ScriptManualProperty } from "@hustings/contracts/script-manual";
import { createOpenApiDocument } from "../rest/document";
import { listOperations, type Operation } from "../rest/endpoints";
import { exampleCallOf } from "../rest/example-call";
import { type Described, describedOperation, type OpenApiDocument, type Schema } from "../rest/json-schema";
import { remarksOn, renderShape } from "../rest/render-shape";
import { CRM_PROCEDURES, CRM_WALKS, type CrmProcedure, type CrmWalk, crmRouter } from "./crm";

/** What walks turn over by themselves. */
const PAGING = ["page", "pageSize", "limit", "offset"];

/** Every method of `crm` and the models that they answer with, read from the contracts of the procedures. */
export function describeCrm(): Pick<ScriptManual, "methods" | "models"> {
  const document = createOpenApiDocument(crmRouter, "/");
  const operations = new Map(listOperations(crmRouter).map((operation) => [operation.id, operation]));
  const describe = (path: string, method: CrmProcedure): ScriptManualEntry => {
    const operation = operations.get(method.procedure);
    if (!operation) throw new Error(`${method.procedure} is no operation of the API: the reference cannot tell of it`);
    return describeProcedure(document, operation, path, method);
  };
  const procedures = Object.entries(CRM_PROCEDURES).map(([path, method]) => describe(path, method));
  const walks = Object.entries(CRM_WALKS).map(([path, walk]) => {
    const listed = procedures.find((entry) => entry.path === walk.method);
    if (!listed) throw new Error(`${path} walks through ${walk.method}, which crm does not have`);
    return describeWalk(path, walk, listed);
  });
  const methods = [...procedures, ...walks].sort((a, b) => nounOf(a.path).localeCompare(nounOf(b.path)));
  return { methods, models: describeModels(document, methods) };
}

const nounOf = (path: string) => path.split(".")[0] ?? path;

function describeProcedure(
  document: OpenApiDocument,
  operation: Operation,
  path: string,
  { arguments: names }: CrmProcedure,
): ScriptManualEntry {
  const described = describedOperation(document, operation);
  const takes = inOrder(propertiesOf(described), names);
  const example = exampleCallOf(document, operation);
  const isNumber = (name: string) => takes.some((property) => property.name === name && property.shape === "integer");
  const query = Object.entries(example.query).map(([name, text]) => [name, isNumber(name) ? Number(text) : text]);
  const given = Object.entries({ ...Object.fromEntries(query), ...(example.body as object | undefined) }).filter(
    ([name]) => !names.includes(name),
  );
  return {
    path,
    call: `crm.${path}(${toArguments(names, takes)})`,
    says: operation.summary,
    takes,
    answers: renderShape(answerOf(described, operation.status)),
    items: null,
    example: `await crm.${path}(${[...names, ...(given.length > 0 ? [toSource(Object.fromEntries(given))] : [])].join(", ")})`,
  };
}

function describeWalk(
  path: string,
  { says, arguments: names, method }: CrmWalk,
  listed: ScriptManualEntry,
): ScriptManualEntry {
  const items = /(\w+)\[\]/.exec(listed.answers ?? "")?.[1] ?? null;
  const row = nounOf(method).replace(/s$/, "");
  const takes = inOrder(
    listed.takes.filter(({ name }) => !PAGING.includes(name)),
    names,
  );
  return {
    path,
    call: `crm.${path}(${toArguments(names, takes)})`,
    says,
    takes,
    answers: items,
    items,
    example: `for await (const ${row} of crm.${path}(${names.join(", ")})) log(${row}.id);`,
  };
}

/** Leading texts first, as needed as they are. */
function inOrder(properties: readonly ScriptManualProperty[], names: readonly string[]): ScriptManualProperty[] {
  const leading = names.flatMap((name) => properties.filter((property) => property.name === name));
  return [
    ...leading.map((property) => ({ ...property, isRequired: true })),
    ...properties.filter(({ name }) => !names.includes(name)),
  ];
}

function toArguments(names: readonly string[], takes: readonly ScriptManualProperty[]): string {
  const rest = takes.filter(({ name }) => !names.includes(name));
  const object = rest.map(({ name, isRequired }) => `${name}${isRequired ? "" : "?"}`).join(", ");
  return [...names, ...(rest.length > 0 ? [`{ ${object} }`] : [])].join(", ");
}

/** What is in its path, its query and its body, as one object. */
function propertiesOf({ parameters = [], requestBody }: Described): ScriptManualProperty[] {
  const body = Object.values(requestBody?.content ?? {})[0]?.schema;
  return [
    ...parameters
      .filter((parameter) => parameter.in !== "header")
      .map(({ name, required = false, schema }) => toProperty(name, schema, required)),
    ...toProperties(body ?? {}),
  ];
}

const toProperties = ({ properties = {}, required = [] }: Schema): ScriptManualProperty[] =>
  Object.entries(properties).map(([name, schema]) => toProperty(name, schema, required.includes(name)));

function toProperty(name: string, schema: Schema, isRequired: boolean): ScriptManualProperty {
  const says = remarksOn(schema).join("; ");
  return { name, shape: renderShape(schema), isRequired, says: says === "" ? null : says };
}

function answerOf({ responses }: Described, status: number): Schema {
  const schema = Object.values(responses[status]?.content ?? {})[0]?.schema;
  if (!schema) throw new Error(`An operation without an answer of status ${status}`);
  return schema;
}

/** The models that methods name, and those that these name. */
function describeModels(document: OpenApiDocument, methods: readonly ScriptManualEntry[]): ScriptManual["models"] {
  const left = Object.entries((document.components?.schemas ?? {}) as Record<string, Schema>)
    .map(([name, schema]) => ({ name, properties: toProperties(schema) }))
    .filter(({ properties }) => properties.length > 0);
  const shapes = methods.flatMap(({ answers, takes }) => [answers ?? "", ...takes.map(({ shape }) => shape)]);
  const models: ScriptManual["models"] = [];
  for (const shape of shapes)
    for (const model of left.filter(({ name }) => new RegExp(`\\b${name}\\b`).test(shape))) {
      if (models.includes(model)) continue;
      models.push(model);
      shapes.push(...model.properties.map((property) => property.shape));
    }
  return models;
}

/** A value as somebody writes it in JavaScript. */
function toSource(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(toSource).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([name, each]) => `${/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name)}: ${toSource(each)}`)
    .join(", ")} }`;
}
