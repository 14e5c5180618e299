import { coreFormTarget, type FormDetails, type UpdateFormInput } from "@hustings/contracts/forms";
import { inTransaction } from "@hustings/db/client";
import { recordChange } from "../audit/record-change";
import type { PrincipalContext } from "../context";
import { invalid, notFound } from "../errors";
import { makeNewFields } from "../imports/new-fields";
import { assertGlobalAdmin, getGlobalWorkspaceId, openWorkspace } from "../workspaces/access";
import { type FormMapping, isReserved } from "./answer-targets";
import { getForm } from "./queries";

/**
 * Says where the answers of a form go, from its next submission on, and makes the fields that this needs. What came in
 * before stays as it is; what failed can be tried again.
 *
 * @throws DomainError `forbidden` unless a global admin asks; `not_found`; `invalid` that names each target that no
 * answer can become, and each new field that cannot be made.
 */
export async function updateForm(
  ctx: PrincipalContext,
  { id, mapping, newFields }: UpdateFormInput,
): Promise<FormDetails> {
  assertGlobalAdmin(ctx);
  assertTargets(mapping);
  const global = await openWorkspace(ctx, await getGlobalWorkspaceId(ctx));
  return inTransaction(ctx.db, async (tx) => {
    const { count } = await tx.form.updateMany({ where: { id }, data: { mapping } });
    if (count === 0) throw notFound("Form");
    await makeNewFields(tx, global, newFields);
    await recordChange(tx, global, {
      action: "forms.update",
      targetType: "form",
      targetId: id,
      details: { mapping },
    });
    return getForm({ ...ctx, db: tx }, { id });
  });
}

function assertTargets(mapping: FormMapping): void {
  const isCore = (target: string) => coreFormTarget.options.some((core) => core === target);
  const problems = Object.entries(mapping).flatMap(([key, target]) =>
    target !== null && !isCore(target) && isReserved(target)
      ? [`mapping.${key}: "${target}" is not set by a form`]
      : [],
  );
  if (problems.length > 0) throw invalid("Validation failed", problems);
}
