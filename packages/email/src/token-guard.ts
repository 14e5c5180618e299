import { TokenKind, type TopLevelToken } from "liquidjs";

/** A template whose tags and outputs are replaced by words that HTML and CSS tools leave alone. */
export type Guard = {
  guarded: string;
  /** The tags and outputs, in order. */
  tokens: TopLevelToken[];
  /** Which of them stand in a text that was made from `guarded`, in order. */
  listTokens(text: string): TopLevelToken[];
  /** Puts the tags and outputs back. */
  restore(text: string): string;
  /** The same for text whose entities were decoded: braces that were text stay text. */
  restoreText(text: string): string;
};

/** Replaces every tag and output of a template by a word of lower-case letters and digits that occurs nowhere in it. */
export function guardTokens(source: string, allTokens: readonly TopLevelToken[]): Guard {
  const tokens = allTokens.filter(({ kind }) => kind !== TokenKind.HTML);
  const prefix = findUnusedPrefix(source.toLowerCase());
  // The same output twice is the same word: a link whose text is its own address is then recognised as such.
  const byText = new Map<string, { word: string; token: TopLevelToken }>();
  let guarded = "";
  let at = 0;
  for (const token of tokens) {
    const text = token.getText();
    const known = byText.get(text) ?? { word: `${prefix}${byText.size}z`, token };
    byText.set(text, known);
    guarded += source.slice(at, token.begin) + known.word;
    at = token.end;
  }
  guarded += source.slice(at);

  const byWord = new Map([...byText.values()].map(({ word, token }) => [word, token]));
  const words = new RegExp(`${prefix}\\d+z`, "g");
  // A brace that would open a tag, or stands before one.
  const braces = new RegExp(`\\{(?=[{%]|${prefix}\\d+z)`, "g");
  const restore = (text: string): string => text.replace(words, (word) => byWord.get(word)?.getText() ?? word);
  return {
    guarded,
    tokens,
    listTokens: (text) => [...text.matchAll(words)].flatMap(([word]) => byWord.get(word) ?? []),
    restore,
    restoreText: (text) =>
      restore(text.replace(braces, '{{ "{" }}').replace(words, (word) => (isRawTag(byWord.get(word)) ? "" : word))),
  };
}

function findUnusedPrefix(source: string): string {
  for (let number = 0; ; number++) {
    const prefix = `lq${number}x`;
    if (!source.includes(prefix)) return prefix;
  }
}

/** `{% raw %}`'s content is printed as text already. */
function isRawTag(token: TopLevelToken | undefined): boolean {
  return token !== undefined && /^\{%-?\s*(end)?raw\b/.test(token.getText());
}
