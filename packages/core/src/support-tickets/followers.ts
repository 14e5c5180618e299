import { type Sql, sql } from "@hustings/db/client";

/**
 * Everybody `u` who gets mail about a ticket, to go on with `and`: what they said about it goes before what they said
 * about all tickets. Who is deactivated, or whose address bounced or complained, is not among them.
 */
export const followersOf = (ticketId: string): Sql => sql`
  users u
  left join ticket_subscriptions s on s.ticket_id = ${ticketId}::uuid and s.user_id = u.id
  left join ticket_followers f on f.user_id = u.id
  where u.is_active and coalesce(s.is_subscribed, f.user_id is not null)
    and not exists (select 1 from suppressions p where p.email = u.email and p.workspace_id is null)`;
