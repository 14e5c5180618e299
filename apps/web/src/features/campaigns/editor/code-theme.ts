import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { tags } from "@lezer/highlight";
import { codeLook } from "~/components/code-editor/code-look";

const liquid = { color: "var(--primary-text)", fontWeight: "700" };
const colors = HighlightStyle.define([
  { tag: [tags.tagName, tags.angleBracket], color: "var(--info)" },
  { tag: tags.attributeName, color: "var(--warning)" },
  { tag: [tags.comment, tags.processingInstruction], color: "var(--muted-foreground)" },
  { tag: tags.invalid, color: "var(--danger)" },
  {
    tag: [
      tags.brace,
      tags.keyword,
      tags.controlKeyword,
      tags.definitionKeyword,
      tags.operatorKeyword,
      tags.moduleKeyword,
      tags.variableName,
      tags.function(tags.variableName),
      tags.propertyName,
      tags.derefOperator,
      tags.compareOperator,
      tags.logicOperator,
      tags.punctuation,
      tags.number,
      tags.bool,
      tags.atom,
    ],
    ...liquid,
  },
]);

/** HTML with Liquid in our tokens. */
export const codeTheme = [codeLook, syntaxHighlighting(colors)];
