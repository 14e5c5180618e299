import type { createTailwindMerge } from "tailwind-merge";

type MergeConfig = ReturnType<Parameters<typeof createTailwindMerge>[0]>;

const any = () => true;
/** Our text sizes, or a length in brackets; every other `text-…` is a colour or an alignment. */
const isTextSize = (value: string) => /^(xs|sm|table|base|md|lg|xl|2xl|\[\d.*\])$/.test(value);
const isWidth = (value: string) => /^(\d+|\[\d.*\])$/.test(value);

const SIDES = ["t", "r", "b", "l"];
const axes = (name: string) => ["", "x", "y", ...SIDES].map((side) => `${name}${side}`);
/** `px-4`, `-mx-2`, `grow`: one group per name. */
const group = (...names: string[]) => Object.fromEntries(names.map((name) => [name, [{ [name]: ["", any] }]]));
const words = (...names: string[]) => names;

/**
 * Which classes set the same property. The ones that components let their users override; tailwind-merge's own
 * table of all of Tailwind weighs 8 kB, on every page. A class that is not here is kept as it is.
 */
export const classGroups: MergeConfig = {
  cacheSize: 500,
  theme: {},
  classGroups: {
    display: words(
      "block",
      "inline-block",
      "inline",
      "flex",
      "inline-flex",
      "grid",
      "inline-grid",
      "contents",
      "hidden",
    ),
    position: words("static", "fixed", "absolute", "relative", "sticky"),
    ...group(...axes("p"), ...axes("m"), "w", "h", "size", "min-w", "min-h", "max-w", "max-h"),
    ...group("inset", "inset-x", "inset-y", "top", "right", "bottom", "left", "z", "gap", "gap-x", "gap-y"),
    ...group("grid-cols", "grid-rows", "col-span", "col-start", "row-span", "row-start", "basis", "grow", "shrink"),
    ...group(
      "items",
      "self",
      "justify-self",
      "leading",
      "tracking",
      "opacity",
      "cursor",
      "line-clamp",
      "outline-offset",
    ),
    ...group(...["", "-t", "-r", "-b", "-l", "-tl", "-tr", "-bl", "-br"].map((corner) => `rounded${corner}`)),
    justify: [{ justify: ["start", "end", "center", "between", "around", "evenly"] }],
    flexDirection: [{ flex: ["row", "col", "row-reverse", "col-reverse"] }],
    flexWrap: [{ flex: ["wrap", "nowrap", "wrap-reverse"] }],
    flex: [{ flex: ["1", "auto", "initial", "none"] }],
    overflow: [{ overflow: ["auto", "hidden", "clip", "visible", "scroll"] }],
    overflowX: [{ "overflow-x": [any] }],
    overflowY: [{ "overflow-y": [any] }],
    whitespace: [{ whitespace: [any] }],
    truncate: words("truncate"),
    // Named only so that they are not taken for colours or places.
    textOverflow: words("text-ellipsis", "text-clip", "text-wrap", "text-nowrap", "text-balance", "text-pretty"),
    borderCollapse: words("border-separate", "border-collapse"),
    insetRingWidth: [{ "inset-ring": ["", isWidth] }],
    insetRingColor: [{ "inset-ring": [any] }],
    ...group("inset-shadow", "border-spacing"),
    textAlign: [{ text: ["left", "center", "right"] }],
    textSize: [{ text: [isTextSize] }],
    textColor: [{ text: [any] }],
    fontFamily: [{ font: ["sans", "display", "mono"] }],
    fontWeight: [{ font: ["normal", "medium", "semibold", "bold"] }],
    background: [{ bg: [any] }],
    ...Object.fromEntries(
      ["", "-t", "-r", "-b", "-l"].flatMap((side) => [
        [`borderWidth${side}`, [{ [`border${side}`]: ["", isWidth] }]],
        [`borderColor${side}`, [{ [`border${side}`]: [any] }]],
      ]),
    ),
    borderStyle: [{ border: ["solid", "dashed", "dotted", "none"] }],
    shadow: [{ shadow: [any] }],
    textDecoration: words("underline", "no-underline", "line-through"),
  },
  conflictingClassGroups: {
    p: axes("p").slice(1),
    px: ["pr", "pl"],
    py: ["pt", "pb"],
    m: axes("m").slice(1),
    mx: ["mr", "ml"],
    my: ["mt", "mb"],
    size: ["w", "h"],
    inset: ["inset-x", "inset-y", "top", "right", "bottom", "left"],
    "inset-x": ["right", "left"],
    "inset-y": ["top", "bottom"],
    gap: ["gap-x", "gap-y"],
    flex: ["basis", "grow", "shrink"],
    overflow: ["overflowX", "overflowY"],
    truncate: ["whitespace"],
    textSize: ["leading"],
    rounded: [
      "rounded-t",
      "rounded-r",
      "rounded-b",
      "rounded-l",
      "rounded-tl",
      "rounded-tr",
      "rounded-bl",
      "rounded-br",
    ],
  },
  conflictingClassGroupModifiers: {},
  orderSensitiveModifiers: ["before", "after", "placeholder", "marker", "first-letter", "*", "**"],
};
