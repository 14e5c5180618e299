import { z } from "zod";

/** Days that the home page looks back: this week and the one before. */
export const HOME_DAYS = 14;

/** What happened in a workspace lately. Days are days in UTC, the oldest first, today last. */
export const homeOverview = z
  .object({
    joined: z
      .array(z.object({ day: z.iso.date(), count: z.number().int() }))
      .describe("New contacts of the last 14 days"),
    suppressed: z
      .object({ bounced: z.number().int(), complained: z.number().int() })
      .describe("Addresses that are not mailed any more since 7 days"),
  })
  .meta({ id: "HomeOverview" });
export type HomeOverview = z.infer<typeof homeOverview>;
