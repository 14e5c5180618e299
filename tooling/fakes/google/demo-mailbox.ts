import { DEMO_PEOPLE } from "@hustings/core/setup/demo-people";
import type { FakeGoogle } from "./fake-google";
import type { FakeMailbox } from "./mailbox";

const DAY_MS = 86_400_000;

/** Whom the owner knows and the demo's contacts do not hold. */
const STRANGERS = [
  ["Zeynep Kılıçarslan", "zeynep@ferrymen.example"],
  ["Padraig Mac Suibhne", "padraig@mill-lane.example"],
  ["Nkechi Obidike", "nkechi.obidike@lakeside-choir.example"],
  ["Sváťa Hromádková", "svata@town-hall.example"],
  ["Teuila Faleafa", "teuila@river-school.example"],
  ["Anselm Krötenberg", "anselm@otter-watch.example"],
] as const;

const SUBJECTS = [
  ["Boats for the clean-up", "Hi, we can bring two boats and four life jackets. Where do we put in?"],
  ["Keys for the hall", "The caretaker says Thursday after five. Shall I pick them up?"],
  ["Posters", "The printer needs the file by noon, in A3, with three millimetres of bleed."],
  ["Lift to the hearing", "I have two seats left, leaving from the mill at seven."],
  ["Thank you!", "That was a good evening. My neighbour would like to come next time."],
] as const;

/**
 * Fills an account with a year of letters, with contacts of the demo and with others, and with what is left out: a
 * newsletter, a receipt, spam.
 *
 * @returns what lets the next email come.
 */
export function fillDemoMailbox(fake: FakeGoogle, address: string): () => void {
  const mailbox = fake.mailboxes.get(address);
  if (!mailbox) throw new Error(`The fake has no mailbox ${address}`);
  const known = DEMO_PEOPLE.flatMap(({ email, firstName, lastName }) =>
    email ? [[`${firstName} ${lastName}`, email] as const] : [],
  ).slice(0, 14);
  const people = [...known, ...STRANGERS];
  for (let letter = 0; letter < 90; letter++) writeLetter(mailbox, people[(letter * 7) % people.length], letter);
  mailbox.deliver({
    from: "Otter Gazette <news@gazette.example>",
    to: address,
    subject: "This week by the river",
    headers: { "List-Unsubscribe": "<https://gazette.example/u>" },
  });
  mailbox.deliver({ from: "no-reply@trains.example", to: address, subject: "Your ticket" });
  mailbox.deliver({ from: "prince@fortune.example", to: address, subject: "Dear friend", labels: ["SPAM"] });
  let next = 0;
  return () => writeLetter(mailbox, people[next++ % people.length], 0, new Date());
}

function writeLetter(
  mailbox: FakeMailbox,
  person: readonly [string, string] | undefined,
  letter: number,
  at = new Date(Date.now() - letter * 4 * DAY_MS - 3_600_000),
): void {
  if (!person) return;
  const [name, email] = person;
  const [subject = "", snippet = ""] = SUBJECTS[letter % SUBJECTS.length] ?? [];
  const theirs = `"${name}" <${email}>`;
  const isSent = letter % 3 === 2;
  mailbox.deliver({
    from: isSent ? mailbox.address : theirs,
    to: isSent ? theirs : mailbox.address,
    subject: isSent ? `Re: ${subject}` : subject,
    snippet: isSent ? "Gladly. I will call you tomorrow morning." : snippet,
    labels: [isSent ? "SENT" : "INBOX"],
    at,
  });
}
