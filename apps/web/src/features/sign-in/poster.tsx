/** The crowd of the poster: rows of heads, from the back to the front. */
const ROWS: readonly { y: number; radius: number; people: readonly (readonly [x: number, ink: keyof typeof INK])[] }[] =
  [
    {
      y: 630,
      radius: 26,
      people: [
        [-10, "sun"],
        [61, "fern"],
        [132, "pine"],
        [203, "mint"],
        [274, "leaf"],
        [346, "fern"],
        [417, "pine"],
        [488, "mint"],
        [559, "leaf"],
        [630, "fern"],
      ],
    },
    {
      y: 680,
      radius: 30,
      people: [
        [30, "pine"],
        [110, "mint"],
        [190, "sun"],
        [270, "fern"],
        [350, "pine"],
        [430, "mint"],
        [510, "leaf"],
        [590, "fern"],
        [670, "pine"],
      ],
    },
    {
      y: 734,
      radius: 34,
      people: [
        [-10, "leaf"],
        [81, "fern"],
        [173, "pine"],
        [264, "mint"],
        [356, "sun"],
        [447, "fern"],
        [539, "pine"],
        [630, "mint"],
      ],
    },
    {
      y: 792,
      radius: 38,
      people: [
        [43, "pine"],
        [150, "mint"],
        [257, "leaf"],
        [363, "fern"],
        [470, "pine"],
        [577, "mint"],
        [683, "sun"],
      ],
    },
    {
      y: 854,
      radius: 42,
      people: [
        [-10, "leaf"],
        [118, "fern"],
        [246, "pine"],
        [374, "mint"],
        [502, "leaf"],
        [630, "fern"],
      ],
    },
  ];

const INK = { sun: "#f6b426", mint: "#3c8a6e", leaf: "#2f7a60", fern: "#236850", pine: "#1c5b46" };
const LINES = [
  { y: 112, ink: "#f5f5f0", words: "Stand up." },
  { y: 184, ink: "#f5f5f0", words: "Say it plainly." },
  { y: 256, ink: INK.sun, words: "Count everyone." },
];

/** The handbill beside the sign-in. Pure decoration: hidden from screen readers, and on phones. */
export function Poster() {
  return (
    <div aria-hidden className="overflow-hidden bg-[#0f4032] max-md:hidden">
      <svg
        aria-hidden
        viewBox="0 0 640 900"
        preserveAspectRatio="xMidYMax slice"
        className="sticky top-0 block h-dvh w-full"
      >
        {LINES.map((line) => (
          <text
            key={line.y}
            x="48"
            y={line.y}
            fill={line.ink}
            className="font-display text-[66px] leading-none font-bold tracking-[-2px]"
          >
            {line.words}
          </text>
        ))}
        <circle cx="320" cy="352" r="40" fill={INK.sun} />
        <path d="M268 408h104v64H268zM214 480h212v46H214zM150 534h340v52H150z" fill="#f5f5f0" />
        {ROWS.map((row) =>
          row.people.map(([x, ink]) => (
            <circle key={`${x}-${row.y}`} cx={x} cy={row.y} r={row.radius} fill={INK[ink]} />
          )),
        )}
      </svg>
    </div>
  );
}
