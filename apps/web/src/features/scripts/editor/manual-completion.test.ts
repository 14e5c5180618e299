import { CompletionContext, type CompletionResult } from "@codemirror/autocomplete";
import { javascript } from "@codemirror/lang-javascript";
import { ensureSyntaxTree } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { getScriptManual } from "@hustings/api/scripts/manual";
import { describe, expect, it } from "vitest";
import { manualCompletion } from "./manual-completion";

const PARSING_MS = 10_000;
const complete = manualCompletion(getScriptManual);

/** What is offered where `|` stands. */
function offer(code: string): string[] {
  const pos = code.indexOf("|");
  const state = EditorState.create({ doc: code.replace("|", ""), extensions: javascript() });
  // A state parses for some milliseconds only; the next one has what was parsed meanwhile, however busy the machine is.
  ensureSyntaxTree(state, state.doc.length, PARSING_MS);
  const result = complete(new CompletionContext(state.update({}).state, pos, false)) as CompletionResult | null;
  return (result?.options ?? []).map(({ label }) => label);
}

describe("completion", () => {
  it("offers what a script is handed, step by step", () => {
    expect(offer("const a = cr|")).toEqual(["crm", "console", "log", "input", "sleep"]);
    expect(offer("crm.|")).toEqual(["campaigns", "contacts", "fields", "interactions", "segments", "tags"]);
    expect(offer("await crm.segments.pre|")).toEqual(["list", "get", "preview", "iterate", "members"]);
    expect(offer("console.|")).toContain("warn");
  });

  it("offers what a method takes, inside its braces", () => {
    expect(offer("await crm.contacts.list({ se| })")).toContain("segmentId");
    expect(offer("await crm.contacts.update(id, { firstName: 'Ana', cu| })")).toContain("customFields");
    expect(offer("await crm.contacts.update(id, { cu| })")).not.toContain("id");
    expect(offer("await crm.contacts.update({ i| })")).toContain("id");
    expect(offer("await crm.contacts.list({ search: se| })")).not.toContain("segmentId");
    expect(offer("const own = { se| }")).not.toContain("segmentId");
  });

  it("offers what a row or an answer has", () => {
    expect(offer("for await (const person of crm.segments.members(id)) person.|")).toContain("firstName");
    expect(offer("const tag = await crm.tags.create({ name: 'a' });\ntag.|")).toContain("color");
    expect(offer("const tag = somebody();\ntag.|")).toEqual([]);
    expect(offer("const tag = await crm.tags.list();\ntag.|")).toEqual([]);
  });

  it("stays out of texts and comments", () => {
    expect(offer('log("crm.|")')).toEqual([]);
    expect(offer("// crm.|")).toEqual([]);
  });
});
