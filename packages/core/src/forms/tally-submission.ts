import { MAX_QUESTIONS } from "@hustings/contracts/forms";
import { isObject, type Properties, readText, toAnswerText } from "./tally-value";

/** One question with what was answered, in words; empty where nothing was. */
export type Answer = { key: string; label: string; type: string; text: string };

/** What a form of Tally sends of one person's answers. */
export type Submission = {
  eventId: string;
  submissionId: string;
  /** The form's id at Tally. */
  formId: string;
  formName: string;
  respondentId: string | null;
  /** Null where it has no readable time. */
  submittedAt: Date | null;
  answers: Answer[];
};

/** As long as ids, and what is shown of a question, get. */
const MAX_ID = 200;
const MAX_LABEL = 500;

/**
 * Reads the body of Tally's webhook, tolerantly: what is missing or of another type is empty, and a type of question
 * that is not known keeps its value as text.
 *
 * @returns null for what is no submission: another event, no ids, no list of answers, or more of them than a form has.
 */
export function parseTallySubmission(body: unknown): Submission | null {
  if (!isObject(body) || body.eventType !== "FORM_RESPONSE" || !isObject(body.data)) return null;
  const { data } = body;
  const eventId = readId(body.eventId);
  const submissionId = readId(data.submissionId) ?? readId(data.responseId);
  const formId = readId(data.formId);
  if (!eventId || !submissionId || !formId) return null;
  if (!Array.isArray(data.fields) || data.fields.length > MAX_QUESTIONS) return null;
  return {
    eventId,
    submissionId,
    formId,
    formName: toLine(readText(data.formName)) || formId,
    respondentId: readId(data.respondentId),
    submittedAt: readTime(data.createdAt) ?? readTime(body.createdAt),
    answers: readAnswers(data.fields),
  };
}

function readAnswers(fields: readonly unknown[]): Answer[] {
  const known = fields.filter(isObject);
  const keys = new Set(known.map(({ key }) => key));
  return known.flatMap((field): Answer[] => {
    const key = readId(field.key);
    if (!key || isOneCheckbox(field, keys)) return [];
    return [
      { key, label: toLine(readText(field.label)), type: toLine(readText(field.type)), text: toAnswerText(field) },
    ];
  });
}

/** Beside the list of what is ticked, each box comes by itself, as `<key>_<id of the option>`: the same said twice. */
function isOneCheckbox({ type, key, value }: Properties, keys: ReadonlySet<unknown>): boolean {
  if (type !== "CHECKBOXES" || typeof value !== "boolean" || typeof key !== "string") return false;
  return keys.has(key.slice(0, key.lastIndexOf("_")));
}

function readId(value: unknown): string | null {
  const text = toLine(readText(value));
  return text !== "" && text.length <= MAX_ID ? text : null;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: a line has none
const BREAKS = /[\u0000-\u001f\u007f\s\u2028\u2029]+/g;

const toLine = (text: string): string => text.replace(BREAKS, " ").trim().slice(0, MAX_LABEL);

function readTime(value: unknown): Date | null {
  const time = new Date(readText(value));
  const year = time.getUTCFullYear();
  // Outside of these years JavaScript and Postgres write dates differently.
  return year >= 1 && year <= 9999 ? time : null;
}
