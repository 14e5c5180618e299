import { fillDemoMailbox } from "../../fakes/google/demo-mailbox";
import { startFakeGoogle } from "../../fakes/google/fake-google";
import { readSettings } from "../settings";
import { startLocally } from "./start";

const ADDRESS = "ada.admin@gmail.example";
/** Something new comes so often, to see how it is read. */
const NEWS_EVERY_MS = 60_000;

/** `npm run demo:gmail`: like `npm start`, with a Google of its own on this machine and a mailbox of invented people. */
export async function run(): Promise<number> {
  const fake = await startFakeGoogle({ addresses: [ADDRESS] });
  const deliverNews = fillDemoMailbox(fake, ADDRESS);
  const timer = setInterval(deliverNews, NEWS_EVERY_MS);
  const environment = {
    HUSTINGS_DATA_DIR: ".data/demo-gmail",
    GMAIL_UNITS_PER_MINUTE: "60000",
    ...process.env,
    ...fake.environment(),
    // A pretended account has no place in a real database, nor has mail to invented people.
    DATABASE_URL: "",
    EMAIL_MODE: "sandbox",
  };
  try {
    return await startLocally(readSettings(environment), describeDemo(fake.url));
  } finally {
    clearInterval(timer);
    await fake.close();
  }
}

const describeDemo = (url: string): string => `

  Gmail    a pretended Google answers at ${url}; nothing leaves this machine
           1. Sign in as admin@hustings.local, open My email and press “Connect Gmail”.
           2. Press “Allow” on the pretended Google's page; the mailbox is read within seconds.
           3. Press “People in this mailbox”: some are in Contacts, others can be added, and their emails then show on
              their timelines. A new email comes every minute: “Read now” fetches it.
           The pretended Google forgets everything at the end: after a restart the account asks to be connected again.`;
