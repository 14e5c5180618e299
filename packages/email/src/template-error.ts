/** The templates of a campaign. */
export type TemplatePart = "subject" | "preheader" | "body";

/**
 * Why a template gives no message: `syntax` it does not parse, `limit` it asks for too much time, memory or output,
 * `content` what it wrote may not be sent (a line break in a subject).
 */
export type TemplateErrorReason = "syntax" | "limit" | "content";

/** A template that cannot be used, or not for this person. The message is meant to be read by who wrote it. */
export class TemplateError extends Error {
  readonly part: TemplatePart;
  readonly reason: TemplateErrorReason;
  /** Counted from 1; null where the error has no place in what was typed. */
  readonly line: number | null;
  readonly column: number | null;

  constructor(
    part: TemplatePart,
    reason: TemplateErrorReason,
    message: string,
    place?: { line: number; column: number },
  ) {
    super(message);
    this.name = "TemplateError";
    this.part = part;
    this.reason = reason;
    this.line = place?.line ?? null;
    this.column = place?.column ?? null;
  }
}
