import type { AuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import GoogleProvider from "next-auth/providers/google";
import type { AuthConfiguration } from "./configuration";

const DAY_S = 24 * 60 * 60;

/**
 * NextAuth's options: a JWT session that holds the user's id and nothing else, so that names and roles are always
 * those of the database. Only active users get in; members are invited by their address first.
 */
export function createAuthOptions(configuration: AuthConfiguration): AuthOptions {
  return {
    secret: configuration.secret,
    session: { strategy: "jwt", maxAge: 14 * DAY_S, updateAge: DAY_S },
    useSecureCookies: usesSecureCookies(configuration.appUrl),
    // NextAuth's own pages load a logo from outside.
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in" },
    providers: [...googleProvider(configuration), ...localProvider(configuration)],
    callbacks: {
      signIn: async ({ user, account, profile }) => {
        if (account?.provider === "local") return true;
        const isVerified = (profile as { email_verified?: boolean } | undefined)?.email_verified === true;
        return isVerified && (await configuration.findUser(toAddress(user.email))) !== null;
      },
      jwt: async ({ token, user, account }) => {
        if (!account) return { sub: token.sub ?? "" };
        const known = await configuration.findUser(toAddress(user.email));
        if (!known) throw new Error("The user went away during the sign-in");
        await configuration.recordSignIn(known.id, user.image ?? null);
        return { sub: known.id };
      },
      // Who this is, the dashboard asks `GET /api/me`.
      session: ({ session }) => ({ expires: session.expires }),
    },
  };
}

/** Behind https the cookies are `Secure` and their names begin with `__Secure-` or `__Host-`. */
export const usesSecureCookies = (appUrl: string): boolean => appUrl.startsWith("https://");

const toAddress = (email: string | null | undefined): string => (email ?? "").trim().toLowerCase();

function googleProvider({ google }: AuthConfiguration): AuthOptions["providers"] {
  if (!google) return [];
  const { clientId, clientSecret, issuer } = google;
  const elsewhere = issuer ? { issuer, wellKnown: `${issuer}/.well-known/openid-configuration` } : {};
  return [GoogleProvider({ clientId, clientSecret, ...elsewhere })];
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
