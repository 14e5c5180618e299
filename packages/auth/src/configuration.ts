import type { Visitor } from "@hustings/core/users/sign-in";

/** What NextAuth needs of the house. Its route lives in Next's bundle, which holds neither database nor core. */
export type AuthConfiguration = {
  secret: string;
  /** Absolute base of the dashboard; https makes the cookies `Secure`. */
  appUrl: string;
  google: GoogleClient | null;
  isLocalSignInOn: boolean;
  /** Lets somebody in whose address the provider has verified; null for who may not come in. */
  admit: (visitor: Visitor) => Promise<{ id: string; name: string } | null>;
  /** The active user with this lower-cased address. */
  findUser: (email: string) => Promise<{ id: string; name: string } | null>;
  /** Called once per sign-in. */
  recordSignIn: (userId: string, image: string | null) => Promise<void>;
  /** Tells the log why a sign-in did not come about: NextAuth's code, and a line that a stranger may have written. */
  warn: (code: string, reason: string) => void;
  /** People of the local demo, by the domain of their address. */
  isDemoAddress: (email: string) => boolean;
};

/** `issuer`: another OpenID provider in Google's place. */
export type GoogleClient = { clientId: string; clientSecret: string; issuer?: string };

/** Server and Next run in one process, with one `globalThis` and separate copies of every module. */
const KEY = Symbol.for("hustings.auth");
type Registry = { [KEY]?: AuthConfiguration };

/** Called by the composition root before Next serves. */
export function registerAuth(configuration: AuthConfiguration): void {
  (globalThis as Registry)[KEY] = configuration;
}

/** @throws Error outside of web's server. */
export function registeredAuth(): AuthConfiguration {
  const configuration = (globalThis as Registry)[KEY];
  if (!configuration) throw new Error("The sign-in route was called outside of web's server");
  return configuration;
}
