import {
  CaptureTag,
  Context,
  type Emitter,
  Liquid,
  LiquidError,
  type Template,
  Tokenizer,
  type TopLevelToken,
  toValueSync,
} from "liquidjs";
import { breakBraces } from "./braces";
import { CpuTimeLimit } from "./cpu-time-limit";
import { TemplateError, type TemplatePart } from "./template-error";

/** What a template may see: plain data. Functions would be called, so the type has no room for them. */
export type TemplateData = string | number | boolean | null | TemplateData[] | { [name: string]: TemplateData };

/** How long one render may keep the processor, and with it everything else in the process. */
const RENDER_LIMIT_MS = 200;
/** What a template may allocate in filters, ranges and captures, in characters and items. */
const MEMORY_LIMIT = 1_000_000;
/** The body's limit in the contract, and room for the styles that inlining writes into a template. */
const PARSE_LIMIT_CHARACTERS = 3_000_000;
/** MailerSend takes 2 MB of HTML. */
const OUTPUT_LIMIT_CHARACTERS = 2_000_000;

const OPTIONS = {
  templates: {}, // partials come from here and never from the file system
  relativeReference: false,
  dynamicPartials: false,
  ownPropertyOnly: true,
  strictFilters: true,
  parseLimit: PARSE_LIMIT_CHARACTERS,
  memoryLimit: MEMORY_LIMIT,
} as const;

/** Partials are not offered: without these tags no template can name a file. */
const REMOVED_TAGS = ["include", "render", "layout", "block"];

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&#34;",
  "'": "&#39;",
};

/** Text as it stands in HTML, in an element or a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}

/** A capture counts against the memory limit; LiquidJS itself bounds it by time alone (it wrote 400 MB in 0.4 s). */
class BoundedCaptureTag extends CaptureTag {
  override *render(ctx: Context): Generator<unknown, void, string> {
    const emitter = new BoundedEmitter((characters) => ctx.memoryLimit.use(characters));
    const captured = yield this.liquid.renderer.renderTemplates(this.templates, ctx, emitter);
    Object.assign(ctx.bottom(), { [this.variable]: captured });
  }
}

/** Collects output and stops it at a limit. LiquidJS has none for output. */
class BoundedEmitter implements Emitter {
  buffer = "";
  private readonly use: (characters: number) => void;

  constructor(use: (characters: number) => void) {
    this.use = use;
  }

  write(value: unknown): void {
    const text = typeof value === "string" ? value : toText(value);
    this.use(text.length);
    this.buffer += text;
  }
}

/** As LiquidJS prints values: nothing for null, lists joined. */
function toText(value: unknown): string {
  if (value === null || value === undefined) return "";
  return Array.isArray(value) ? value.map(toText).join("") : String(value);
}

function createEngine(options: { outputEscape?: "escape" }): Liquid {
  const engine = new Liquid({ ...OPTIONS, ...options });
  for (const tag of REMOVED_TAGS) delete engine.tags[tag];
  engine.registerTag("capture", BoundedCaptureTag);
  return engine;
}

/** Writes HTML: every output is escaped unless it ends in `| raw`. */
function createHtmlEngine(): Liquid {
  const engine = createEngine({ outputEscape: "escape" });
  const escapeValue = (value: unknown): string => escapeHtml(toText(value));
  // Filters that make HTML end the escaping, so that `{{ name | escape }}` is not escaped twice.
  for (const name of ["escape", "escape_once", "xml_escape"])
    engine.registerFilter(name, { raw: true, handler: escapeValue });
  engine.registerFilter("newline_to_br", {
    raw: true,
    handler: (value: unknown) => escapeValue(value).replace(/\r?\n/g, "<br>\n"),
  });
  return engine;
}

/** Writes plain text (subject, preheader, text part): the filters that make HTML do nothing. */
function createTextEngine(): Liquid {
  const engine = createEngine({});
  for (const name of ["escape", "escape_once", "xml_escape", "newline_to_br"]) engine.registerFilter(name, toText);
  return engine;
}

const engines = { html: createHtmlEngine(), text: createTextEngine() };
export type TemplateKind = keyof typeof engines;

/** A parsed template. Holds no data and can be rendered any number of times. */
export type ParsedTemplate = { kind: TemplateKind; part: TemplatePart; templates: Template[] };

/** @throws TemplateError `syntax` with line and column, or `limit` when it is too long or nested too deeply. */
export function parseTemplate(kind: TemplateKind, part: TemplatePart, source: string): ParsedTemplate {
  return { kind, part, templates: reportErrors(part, "syntax", () => engines[kind].parse(source)) };
}

/** The tags, outputs and text between them, in order. @throws TemplateError `syntax` */
export function readTokens(part: TemplatePart, source: string): TopLevelToken[] {
  return reportErrors(part, "syntax", () =>
    new Tokenizer(source, engines.html.options.operators).readTopLevelTokens(engines.html.options),
  );
}

/** Variables that a template expects from outside, with the place of each use. */
export function listVariables({
  kind,
  part,
  templates,
}: ParsedTemplate): { path: string[]; line: number; column: number }[] {
  const { globals } = reportErrors(part, "syntax", () => engines[kind].analyzeSync(templates, { partials: false }));
  return Object.values(globals)
    .flat()
    .map(({ segments, location }) => ({
      path: segments.filter((segment) => typeof segment !== "object").map(String),
      line: location.row,
      column: location.col,
    }));
}

/**
 * Renders within the limits of time, memory and output; braces in the result are broken, see `breakBraces`.
 *
 * @throws TemplateError `limit`
 */
export function renderTemplate(
  { kind, part, templates }: ParsedTemplate,
  scope: { readonly [name: string]: TemplateData },
): string {
  const engine = engines[kind];
  let written = 0;
  const emitter = new BoundedEmitter((characters) => {
    written += characters;
    if (written > OUTPUT_LIMIT_CHARACTERS) throw new Error("output limit exceeded");
  });
  // A copy: `increment` writes into the scope itself.
  const context = new Context({ ...scope }, engine.options, { sync: true }, { liquid: engine });
  // In place of LiquidJS's own, which goes by the clock.
  Object.assign(context, { renderLimit: new CpuTimeLimit(RENDER_LIMIT_MS) });
  const output = reportErrors(part, "limit", () =>
    String(toValueSync(engine.renderer.renderTemplates(templates, context, emitter))),
  );
  return breakBraces(output, kind);
}

const LIMIT_MESSAGES: readonly (readonly [RegExp, string])[] = [
  [/parse length limit/, "The template is too long."],
  [/template render limit/, `Writing it takes longer than ${RENDER_LIMIT_MS} ms.`],
  [/memory alloc limit/, "It needs too much memory."],
  [/output limit/, "What it writes is larger than 2 MB."],
];

/** Turns what the engine throws into a `TemplateError`. Anything that is no error of the template passes. */
function reportErrors<T>(part: TemplatePart, reason: "syntax" | "limit", run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    // Tags inside tags are parsed and rendered by recursion.
    if (error instanceof RangeError || (error instanceof LiquidError && error.originalError instanceof RangeError)) {
      throw new TemplateError(part, "limit", "It is nested too deeply.");
    }
    const limit = LIMIT_MESSAGES.find(([pattern]) => pattern.test(error.message));
    if (limit) throw new TemplateError(part, "limit", limit[1]);
    if (!(error instanceof LiquidError)) throw error;
    const [line = 1, column = 1] = error.token.getPosition();
    const message = error.message.replace(/, (?:file:.*, )?line:\d+, col:\d+$/, "");
    throw reason === "syntax"
      ? new TemplateError(part, reason, message, { line, column })
      : new TemplateError(part, reason, message);
  }
}
