import type { AuthOptions, Profile } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import GoogleProvider from "next-auth/providers/google";
import type { AuthConfiguration } from "./configuration";

const DAY_S = 24 * 60 * 60;

/** Where somebody lands who may not come in. It is the same for all, so that nobody learns whom we know. */
export const NO_ACCESS_PATH = "/no-access";

/**
 * NextAuth's options: a JWT session that holds the user's id, when it began, and nothing else, so that names and roles
 * are always those of the database.
 */
export function createAuthOptions(configuration: AuthConfiguration): AuthOptions {
  return {
    secret: configuration.secret,
    session: { strategy: "jwt", maxAge: 14 * DAY_S, updateAge: DAY_S },
    useSecureCookies: usesSecureCookies(configuration.appUrl),
    // NextAuth's own pages load a logo from outside.
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in" },
    providers: [...googleProvider(configuration), ...localProvider(configuration)],
    // Its own writes pages of stacks, and anybody can call the callback.
    logger: {
      error: (code, metadata) => configuration.warn(code, toReason(metadata)),
      warn: (code) => configuration.warn(code, ""),
      debug: () => undefined,
    },
    callbacks: {
      signIn: async ({ user, account, profile }) => {
        if (account?.provider === "local") return true;
        return (await isAdmitted(configuration, user.name ?? null, profile)) || NO_ACCESS_PATH;
      },
      jwt: async ({ token, user, account }) => {
        // A renewed cookie is of the session that began before.
        if (!account) return { sub: token.sub ?? "", since: token.since ?? 0 };
        const known = await configuration.findUser(toAddress(user.email));
        if (!known) throw new Error("The user went away during the sign-in");
        await configuration.recordSignIn(known.id, user.image ?? null);
        return { sub: known.id, since: Date.now() };
      },
      // Who this is, the dashboard asks `GET /api/me`.
      session: ({ session }) => ({ expires: session.expires }),
    },
  };
}

/** Behind https the cookies are `Secure` and their names begin with `__Secure-` or `__Host-`. */
export const usesSecureCookies = (appUrl: string): boolean => appUrl.startsWith("https://");

const MAX_REASON = 200;

/** `metadata` is an error, or holds one. */
function toReason(metadata: Error | { error?: unknown; message?: unknown }): string {
  const { message } = "error" in metadata && metadata.error instanceof Error ? metadata.error : metadata;
  return String(message ?? "").slice(0, MAX_REASON);
}

const toAddress = (email: string | null | undefined): string => (email ?? "").trim().toLowerCase();

/** What an OpenID provider says beside the usual; `hd` is Google's name for the organisation that manages the account. */
type Claims = Profile & { email_verified?: unknown; hd?: unknown };

async function isAdmitted({ google, admit }: AuthConfiguration, name: string | null, profile: Claims | undefined) {
  if (profile?.email_verified !== true) return false;
  const email = toAddress(profile.email);
  const isGoogle = !google?.issuer || new URL(google.issuer).host === "accounts.google.com";
  // At Google anybody can open an account of their own for an address at work, and keep it when they leave.
  const isOfDomain = !isGoogle || profile.hd === email.slice(email.lastIndexOf("@") + 1);
  return (await admit({ email, name, isOfDomain })) !== null;
}

function googleProvider({ google }: AuthConfiguration): AuthOptions["providers"] {
  if (!google) return [];
  const { clientId, clientSecret, issuer } = google;
  const elsewhere = issuer ? { issuer, wellKnown: `${issuer}/.well-known/openid-configuration` } : {};
  return [
    GoogleProvider({
      clientId,
      clientSecret,
      ...elsewhere,
      checks: ["pkce", "state", "nonce"],
      // Else whoever came with the wrong account would be sent back with it for ever.
      authorization: { params: { scope: "openid email profile", prompt: "select_account" } },
    }),
  ];
}

/** One click per person of the demo, on this machine only. */
function localProvider({ isLocalSignInOn, isDemoAddress, findUser }: AuthConfiguration): AuthOptions["providers"] {
  if (!isLocalSignInOn) return [];
  return [
    CredentialsProvider({
      id: "local",
      name: "Local demo",
      credentials: { email: { label: "Email", type: "email" } },
      authorize: async (credentials) => {
        const email = toAddress(credentials?.email);
        if (!isDemoAddress(email)) return null;
        const user = await findUser(email);
        return user && { id: user.id, name: user.name, email };
      },
    }),
  ];
}
