import { toPublicError, toTrpcError } from "@hustings/api/errors";
import { CRM_PROCEDURES, CRM_WALKS, type CrmCaller, callCrm, createCrmCaller } from "@hustings/api/scripts/crm";
import type { CoreContext } from "@hustings/core/context";
import type { ScriptScope, ScriptsPort } from "@hustings/core/scripts/port";
import { findScriptPrincipal } from "@hustings/core/scripts/principal";
import { type ScriptApi, ScriptCallError } from "@hustings/script-runner/job";
import type { ScriptRunner } from "@hustings/script-runner/runner";

/** What `crm` has, for the prelude that makes it. */
const METHODS: ScriptApi["methods"] = {
  ...Object.fromEntries(
    Object.entries(CRM_PROCEDURES).map(([path, { arguments: names }]) => [path, { arguments: names }]),
  ),
  ...Object.fromEntries(Object.entries(CRM_WALKS).map(([path, { says, ...walk }]) => [path, walk])),
};

/**
 * Lets scripts call the API as their last editor, inside their workspace.
 *
 * @param core asked for at the first run: the context is made after the port.
 */
export function createScriptsPort(runner: ScriptRunner, core: () => CoreContext): ScriptsPort {
  return {
    run: async (scope, job) => {
      let changes = 0;
      const call = async (method: string, input: unknown) => {
        const procedure = Object.hasOwn(CRM_PROCEDURES, method) ? CRM_PROCEDURES[method] : undefined;
        if (!procedure) throw new ScriptCallError(`crm has no ${method}`, "NOT_FOUND");
        const answer = await perform(core(), scope, (caller) => callCrm(caller, procedure, input));
        if (procedure.isChange) changes++;
        return answer;
      };
      const outcome = await runner.run({ ...job, group: scope.workspaceId, api: { methods: METHODS, call } });
      return { ...outcome, changes };
    },
  };
}

/** Who the editor is, and whether they still have a role, is asked anew for each call. */
async function perform<T>(core: CoreContext, scope: ScriptScope, work: (caller: CrmCaller) => Promise<T>): Promise<T> {
  try {
    const principal = await findScriptPrincipal(core, scope);
    return await work(
      createCrmCaller({
        source: "caller",
        core: { ...core, requestId: scope.scriptRunId },
        headers: { "x-workspace-id": scope.workspaceId },
        principal,
        isAnonymousAllowed: false,
        out: { headers: {} },
      }),
    );
  } catch (thrown) {
    const error = toTrpcError(thrown);
    const known = toPublicError(error, scope.scriptRunId);
    throw new ScriptCallError([known.error, ...(known.details ?? [])].join("; "), error.code, known.details);
  }
}
