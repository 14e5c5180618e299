import { isWeakSecret } from "@hustings/crypto/secrets";
import type { CliEnv } from "../env";
import { type Finding, note, right, wrong } from "./finding";

const MIN_LENGTH = 32;
const MAKE_ONE = 'Make one with "openssl rand -hex 32".';

/** What can be said without a database: secrets, ways in, mail. */
export function checkSettings(env: CliEnv): Finding[] {
  return [checkSecrets(env), checkSignIn(env), checkAnonymousApi(env), checkMail(env)].flat();
}

function checkSecrets(env: CliEnv): Finding[] {
  const secrets: [string, readonly string[], string][] = [
    ["NEXTAUTH_SECRET", env.NEXTAUTH_SECRET ? [env.NEXTAUTH_SECRET] : [], "nobody can sign in"],
    ["API_KEY_SECRET", env.API_KEY_SECRET ? [env.API_KEY_SECRET] : [], "no API key is recognised"],
    [
      "UNSUBSCRIBE_SECRET",
      env.UNSUBSCRIBE_SECRET,
      "campaigns with a category are refused: their links cannot be signed",
    ],
  ];
  const findings = secrets.flatMap(([name, values, consequence]): Finding[] => {
    if (values.length === 0) return [wrong("secrets", `${name} is not set: ${consequence}`, MAKE_ONE)];
    if (values.some((value) => value.length < MIN_LENGTH))
      return [wrong("secrets", `${name} is shorter than ${MIN_LENGTH} characters`, MAKE_ONE)];
    if (env.DEPLOYMENT === "production" && values.some(isWeakSecret))
      return [wrong("secrets", `${name} is no random value`, MAKE_ONE)];
    return [];
  });
  if (findings.length === 0) findings.push(right("secrets", "all set, long enough and random"));
  if (env.MAILERSEND_WEBHOOK_SIGNING_SECRET.length === 0)
    findings.push(
      note(
        "secrets",
        "MAILERSEND_WEBHOOK_SIGNING_SECRET is not set: the webhook and the sandbox's simulated events answer 503",
      ),
    );
  return findings;
}

function checkSignIn(env: CliEnv): Finding[] {
  const isGoogle = Boolean(env.GOOGLE_CLIENT_ID && env.GOOGLE_CLIENT_SECRET);
  if (env.LOCAL_SIGN_IN && env.DEPLOYMENT === "production")
    return [
      wrong(
        "sign-in",
        "LOCAL_SIGN_IN is on in production: it lets anyone in without a password",
        "Set LOCAL_SIGN_IN=0.",
      ),
    ];
  if (!isGoogle && !env.LOCAL_SIGN_IN)
    return [
      wrong("sign-in", "no way into the dashboard is configured", "Set GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET."),
    ];
  return [
    right(
      "sign-in",
      [isGoogle && "Google", env.LOCAL_SIGN_IN && "one click for the demo's users"].filter(Boolean).join(" and "),
    ),
  ];
}

function checkAnonymousApi(env: CliEnv): Finding[] {
  if (env.ANONYMOUS_API === "off") return [right("anonymous API", "off")];
  if (env.DEPLOYMENT === "production")
    return [wrong("anonymous API", "on in production: it lets anyone read contacts", "Remove ANONYMOUS_API.")];
  return [
    note(
      "anonymous API",
      "on for this machine: calls without credentials act in the workspace demo",
      "ANONYMOUS_API=off switches it off.",
    ),
  ];
}

function checkMail(env: CliEnv): Finding[] {
  if (env.liveMail === null) return [right("mail", "sandbox: every message is caught, nothing leaves this server")];
  if ("senderDomain" in env.liveMail)
    return [right("mail", `live: sent through MailerSend from ${env.liveMail.senderDomain}`)];
  return env.liveMail.problems.map((problem) =>
    wrong("mail", problem, "Set it (.env.example explains each), or EMAIL_MODE=sandbox."),
  );
}
