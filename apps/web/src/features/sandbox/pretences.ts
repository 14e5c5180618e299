import type { SimulatedEvent } from "@hustings/contracts/sandbox";

/** What a reader can be pretended to do, in the order of a mail's life. */
export const PRETENCES: readonly { event: SimulatedEvent; words: string }[] = [
  { event: "delivered", words: "got it" },
  { event: "opened", words: "opened" },
  { event: "clicked", words: "clicked" },
  { event: "bounced", words: "bounced" },
  { event: "complained", words: "marked it as spam" },
  { event: "unsubscribed", words: "unsubscribed" },
];
