import type { FieldDefinition, FieldScope } from "@hustings/contracts/fields";
import { useNotAllowedReason } from "~/client/role";
import { useSession } from "~/client/workspace";

/** Who sees a field. */
export const SCOPE_WORDS: Record<FieldScope, string> = {
  workspace: "This workspace",
  core: "Every workspace",
  global_internal: "Global admins",
};

/** Why a field cannot be changed by the person, or null: fields beyond the workspace are a global admin's. */
export function useFieldOffReason(): (field: FieldDefinition | null) => string | null {
  const { isGlobalAdmin } = useSession();
  const roleReason = useNotAllowedReason("member", "change fields");
  return (field) =>
    roleReason ??
    (field && field.scope !== "workspace" && !isGlobalAdmin
      ? "This field is shared by every workspace. Global admins change it."
      : null);
}
