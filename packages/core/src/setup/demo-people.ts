/** Somebody who does not exist: `.example` can belong to nobody (RFC 2606). */
export type DemoPerson = {
  firstName: string;
  lastName: string;
  /** Null: known from a paper list, without an address. */
  email: string | null;
  language: string;
  town: string;
  district: (typeof DISTRICTS)[number];
  /** Guests that the person can put up; null where nobody asked. */
  canHost: number | null;
  interests: string;
  tags: (typeof DEMO_TAGS)[number]["name"][];
};

export const DISTRICTS = ["Upper Vidra", "Lower Vidra", "Lakeside"] as const;
export const INTERESTS = ["River", "Transport", "Housing", "Schools"] as const;
export const DEMO_TAGS = [
  { name: "Volunteer", everyNth: 2, color: "#14513f" },
  { name: "Vidra pledge", everyNth: 3, color: "#7c3f7a" },
  { name: "Donor", everyNth: 5, color: "#b4531a" },
  { name: "Press", everyNth: 13, color: "#38618c" },
] as const;

const TOWNS = [
  ["Ottersford", "Upper Vidra"],
  ["Millrace", "Upper Vidra"],
  ["Reedham Bridge", "Lower Vidra"],
  ["Stonewharf", "Lower Vidra"],
  ["Larkmere", "Lakeside"],
] as const;

const NAMES = [
  "Amara Okonkwo-Reinhardt",
  "Tomaž Vidmarček",
  "Siobhán Ní Bhriain",
  "Yusuf al-Katibi",
  "Rajeswari Venkatesan",
  "Blaženka Ćosićević",
  "Jean-Baptiste Lacroixel",
  "Olúwaṣeun Adébáyọ̀",
  "Phương Nguyễnova",
  "Tāne Paratahi",
  "Zanele Khumaloni",
  "Mirela Horvathić",
  "Ingrid Sæbøsen",
  "Pál Kovácsik",
  "Leila Haddadian",
  "Diego Montañés",
  "Ewa Wiśniewicz",
  "Kofi Mensahwa",
  "Hana Yamashirova",
  "Bram Van Oosterwold",
  "Noor Rahmanian",
  "Ciarán Ó Faolchú",
  "Lucía Fernandilla",
  "Mateo Quispetti",
  "Freya Lindqvistad",
  "Goran Petrovčić",
  "Aylin Demirtaşlı",
  "Joana Carvalhinho",
  "Emeka Nwosuka",
  "Sanna Korhosaari",
  "Vikram Desaiwal",
  "Chloé Marchandeau",
  "Ondřej Novotnýk",
  "Imani Wanjirukia",
  "Matteo Ricciardelli",
  "Katya Morozenko",
  "Elif Yıldızoğlu",
  "Owen Pritchardson",
  "Rūta Kazlauskytė",
  "Dafydd Llewelynog",
];
const LANGUAGES = ["en", "sl", "en", "fr", "en", "hr", "en", "es"];

/** Forty people, spread by arithmetic, so that every installation has the same ones. */
export const DEMO_PEOPLE: readonly DemoPerson[] = NAMES.map((name, index): DemoPerson => {
  const [firstName = "", ...rest] = name.split(" ");
  const lastName = rest.join(" ");
  const [town, district] = TOWNS[index % TOWNS.length] ?? TOWNS[0];
  const interests = INTERESTS.filter((_, bit) => ((index * 5 + 3) >> bit) & 1);
  return {
    firstName,
    lastName,
    email:
      index % 19 === 11
        ? null
        : `${toAscii(firstName)}.${toAscii(lastName)}@${["post", "mail", "letters"][index % 3]}.example`,
    language: LANGUAGES[index % LANGUAGES.length] ?? "en",
    town,
    district,
    canHost: index % 3 === 0 ? index % 5 : null,
    interests: interests.join(";"),
    tags: DEMO_TAGS.filter(({ everyNth }) => index % everyNth === 0).map((tag) => tag.name),
  };
});

function toAscii(name: string): string {
  const folded = name
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll("æ", "ae")
    .replaceAll("ø", "o")
    .replaceAll("ı", "i")
    .replaceAll("đ", "d");
  return folded.replace(/[^a-z]/g, "");
}
