import type { Form, FormDetails } from "@hustings/contracts/forms";
import type { ById, Range } from "@hustings/contracts/primitives";
import type { PrincipalContext } from "../context";
import { notFound } from "../errors";
import { makeCatalog } from "../fields/catalog";
import { visibleFields } from "../fields/queries";
import { assertGlobalAdmin, getGlobalWorkspaceId } from "../workspaces/access";
import { toForm, toFormDetails } from "./mapper";

/**
 * Forms of which a submission came in, the latest first.
 *
 * @throws DomainError `forbidden` unless a global admin asks: forms belong to the installation.
 */
export async function listForms(ctx: PrincipalContext, input: Range): Promise<{ forms: Form[]; total: number }> {
  assertGlobalAdmin(ctx);
  const [rows, total] = await Promise.all([
    ctx.db.form.findMany({
      orderBy: [{ lastReceivedAt: { sort: "desc", nulls: "last" } }, { id: "desc" }],
      take: input.limit,
      skip: input.offset,
    }),
    ctx.db.form.count(),
  ]);
  return { forms: rows.map(toForm), total };
}

/** A form with where its answers go. @throws DomainError `forbidden` as for the list; `not_found` */
export async function getForm(ctx: PrincipalContext, { id }: ById): Promise<FormDetails> {
  assertGlobalAdmin(ctx);
  const row = await ctx.db.form.findUnique({ where: { id } });
  if (!row) throw notFound("Form");
  const workspaceId = await getGlobalWorkspaceId(ctx);
  const fields = await ctx.db.fieldDefinition.findMany({
    where: visibleFields({ workspaceId, isGlobalAdmin: true }),
    orderBy: [{ sortOrder: "asc" }, { name: "asc" }],
  });
  return toFormDetails(row, fields, makeCatalog(workspaceId, fields));
}
