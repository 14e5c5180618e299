import type { SafetyLimits } from "@hustings/contracts/campaign-safety";
import type { Role } from "@hustings/contracts/roles";
import type { Db } from "@hustings/db/client";
import type { MailTransport } from "@hustings/email/transport";
import type { Gmail } from "@hustings/google/gmail";
import type { Logger } from "@hustings/logger/logger";
import type { Pool } from "pg";
import type { JobsPort } from "./jobs/port";
import type { ScriptsPort } from "./scripts/port";

/** A workspace that the caller was let into. Minted by `workspaces/access.ts` and nowhere else. */
export type WorkspaceId = string & { readonly __brand: "WorkspaceId" };

/** What is outside of core and comes from the composition roots: web's server, the worker, the command line, tests. */
export type Ports = {
  /** Hands rendered messages over; sandbox or provider, chosen by EMAIL_MODE. */
  mail: MailTransport;
  now: () => Date;
  /** For web alone: nobody else looks at the jobs. */
  jobs?: JobsPort;
  /** Absent where the operator has not set Gmail up. */
  gmail?: Gmail;
  /** For the worker alone: nobody else runs scripts. */
  scripts?: ScriptsPort;
};

/** Settings of this installation that the domain's rules depend on. Filled from env by the composition roots. */
export type Settings = {
  emailMode: "sandbox" | "live";
  /** Absolute base of every link we write, without a trailing slash. Never taken from a request. */
  appUrl: string;
  /** The only domain that mail is sent from, in lower case; null in the sandbox, where any will do. */
  senderDomain: string | null;
  /** What campaigns are stopped by themselves for. */
  safetyLimits: SafetyLimits;
  /** Signs unsubscribe and preference links; the first signs, all verify. Empty: not configured. */
  unsubscribeSecrets: readonly string[];
  /** Verifies (and, in the sandbox, signs) provider events. Empty: the webhook answers 503. */
  mailersendWebhookSecrets: readonly string[];
  /** Verifies submissions of Tally's forms; for web alone. Missing or empty: the webhook answers 503. */
  tallyWebhookSecrets?: readonly string[];
  /** Keys the hash of API keys and of erased addresses. */
  apiKeySecret: string;
  /** How long a request waits for the end of a script's run. */
  scriptWaitMs: number;
  /** Runs of scripts of one workspace that may wait for their turn; for web alone. Missing: any number. */
  scriptQueue?: number;
  /** The ways into the dashboard; both off means nobody gets in. `contact`: whom to ask, for web alone. */
  signIn: { isGoogle: boolean; isLocal: boolean; contact?: string | null };
};

export type CoreContext = {
  db: Db;
  /** The pool under `db`, for COPY and cursors only. */
  pool: Pool;
  ports: Ports;
  settings: Settings;
  logger: Logger;
  requestId: string;
};

/** Who acts. An API key acts as its creator, never with more. */
export type Principal = {
  userId: string | null;
  name: string;
  email: string | null;
  installationRole: Role;
  via:
    | { kind: "session" }
    | { kind: "apiKey"; apiKeyId: string; workspaceId: string }
    /** Without credentials, where `ANONYMOUS_API=local` allows it: a member of `demo` and of no other. */
    | { kind: "anonymous" }
    /** A script: its last editor, inside its workspace; never made from a request. */
    | { kind: "script"; scriptRunId: string; name: string }
    /** A job or the command line; never made from a request. */
    | { kind: "system"; name: string }
    /** A rule that a job applies; its name is the principal's. */
    | { kind: "automation"; ruleId: string };
};

export type PrincipalContext = CoreContext & { principal: Principal };

/** Scope of every workspace operation: `workspaceId` belongs into every query made with it. */
export type WorkspaceContext = PrincipalContext & {
  workspaceId: WorkspaceId;
  /** The caller's effective role in this workspace. */
  role: Role;
  /** The installation's one global workspace. */
  isGlobalWorkspace: boolean;
  isGlobalAdmin: boolean;
};
