import type { ScriptManual, ScriptManualEntry, ScriptManualProperty } from "@hustings/contracts/script-manual";

/** The page of the manual for one method or word. Texts are set as texts: none of them is markup. */
export function renderEntry(entry: ScriptManualEntry, models: ScriptManual["models"]): HTMLElement {
  const page = element("div", { className: "cm-manual" });
  page.append(element("code", { textContent: entry.call }), element("p", { textContent: sentence(entry.says) }));
  page.append(element("pre", { textContent: entry.example }));
  if (entry.takes.length > 0) page.append(renderProperties(entry.takes));
  if (entry.answers) page.append(renderAnswer(entry, models));
  return page;
}

/** The page for a property of what a method takes or answers. */
export function renderProperty({ name, shape, says }: ScriptManualProperty): HTMLElement {
  const page = element("div", { className: "cm-manual" });
  page.append(element("code", { textContent: `${name}: ${shape}` }));
  if (says) page.append(element("p", { textContent: sentence(says) }));
  return page;
}

function renderProperties(properties: readonly ScriptManualProperty[]): HTMLElement {
  const list = element("dl", {});
  for (const { name, shape, isRequired, says } of properties) {
    const term = element("dt", {});
    term.append(element("code", { textContent: isRequired ? name : `${name}?` }));
    list.append(term, element("dd", { textContent: says ? `${shape}; ${says}` : shape }));
  }
  return list;
}

function renderAnswer({ answers, items }: ScriptManualEntry, models: ScriptManual["models"]): HTMLElement {
  const answer = element("p", { textContent: items ? "Gives one by one: " : "Answers: " });
  answer.append(element("code", { textContent: answers ?? "" }));
  const model = models.find(({ name }) => name === (answers ?? "").replace("[]", ""));
  if (model) answer.append(` with ${model.properties.map(({ name }) => name).join(", ")}`);
  return answer;
}

const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);

function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: { className?: string; textContent?: string },
): HTMLElementTagNameMap[Name] {
  return Object.assign(document.createElement(name), properties);
}
