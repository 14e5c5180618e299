import { z } from "zod";
import { emailAddress, rangeInput, utcDateTime, uuid } from "./primitives";

export const suppressionReason = z.enum(["hard_bounce", "soft_bounces", "complaint", "manual"]);
export type SuppressionReason = z.infer<typeof suppressionReason>;

/** An address that is never mailed. Without a workspace it holds for the installation. */
export const suppression = z
  .object({
    id: uuid,
    email: z.string(),
    reason: suppressionReason,
    workspaceId: uuid.nullable(),
    createdAt: utcDateTime,
  })
  .meta({ id: "Suppression" });
export type Suppression = z.infer<typeof suppression>;
export const listSuppressionsInput = z.strictObject({ search: z.string().trim().max(254).optional(), ...rangeInput });
export type ListSuppressionsInput = z.infer<typeof listSuppressionsInput>;
export const createSuppressionInput = z
  .strictObject({ email: emailAddress })
  .meta({ example: { email: "no-more@example.org" } });
export type CreateSuppressionInput = z.infer<typeof createSuppressionInput>;
