import type { TicketPriority, TicketStatus, TicketType } from "@hustings/contracts/support-tickets";
import { v7 } from "uuid";
import type { CoreContext } from "../context";
import { DEMO_EMAIL_DOMAIN } from "../users/session";

const HOUR_MS = 3_600_000;

type DemoAccount = "admin" | "member" | "viewer";
type DemoTicket = {
  by: DemoAccount;
  hoursAgo: number;
  title: string;
  description: string;
  type: TicketType;
  priority: TicketPriority;
  /** Since two hours after it was opened, by the admin. */
  status: TicketStatus;
  votes: readonly DemoAccount[];
  replies: readonly { by: DemoAccount; afterHours: number; body: string }[];
};

const TICKETS: readonly DemoTicket[] = [
  {
    by: "member",
    hoursAgo: 150,
    title: "Show the district in the list of contacts at first",
    description: "I call people district by district and switch the column on every morning.",
    type: "feature",
    priority: "medium",
    status: "in_progress",
    votes: ["member", "viewer"],
    replies: [
      { by: "viewer", afterHours: 3, body: "Yes please. I look for it each time, too." },
      { by: "admin", afterHours: 26, body: "We look at what others switch on, and choose the columns by that." },
    ],
  },
  {
    by: "viewer",
    hoursAgo: 30,
    title: "Two people with the same name are hard to tell apart",
    description:
      "A mother and her daughter have one name between them. On my phone I only see that.\n\nThe town below the name would be enough.",
    type: "bug",
    priority: "low",
    status: "open",
    votes: ["viewer"],
    replies: [],
  },
];

/** Two tickets of the demo's people. Written at once, with times in the past; nobody is mailed about them. */
export async function createDemoTickets(ctx: CoreContext): Promise<void> {
  const users = await ctx.db.user.findMany({ where: { email: { endsWith: `@${DEMO_EMAIL_DOMAIN}` } } });
  const ids = new Map(users.map(({ id, email }) => [email.split("@")[0], id]));
  const idOf = (account: DemoAccount): string => ids.get(account) ?? "";
  for (const ticket of TICKETS) await createTicket(ctx, ticket, idOf);
}

async function createTicket(
  ctx: CoreContext,
  { by, hoursAgo, votes, replies, status, ...words }: DemoTicket,
  idOf: (account: DemoAccount) => string,
): Promise<void> {
  const openedMs = ctx.ports.now().getTime() - hoursAgo * HOUR_MS;
  const stamp = (hours: number) => {
    const msecs = openedMs + hours * HOUR_MS;
    return { id: v7({ msecs }), createdAt: new Date(msecs) };
  };
  const opened = stamp(0);
  const moved = status === "open" ? null : { ...stamp(2), userId: idOf("admin"), from: "open" as const, to: status };
  const followers = new Set([by, ...replies.map((reply) => reply.by)]);
  await ctx.db.ticket.create({
    data: {
      ...words,
      ...opened,
      status,
      userId: idOf(by),
      upvoteCount: votes.length,
      updatedAt: moved?.createdAt ?? opened.createdAt,
      votes: { create: votes.map((account) => ({ userId: idOf(account) })) },
      subscriptions: { create: [...followers].map((account) => ({ userId: idOf(account), isSubscribed: true })) },
      replies: {
        create: replies.map((reply) => ({ ...stamp(reply.afterHours), userId: idOf(reply.by), body: reply.body })),
      },
      ...(moved && { statusChanges: { create: [moved] } }),
    },
  });
}
