import type { Environment, Settings } from "./settings";

/** What a person reads when everything runs: where, how to get in, how to try the API, where the data lies. */
export function describeInstance(settings: Settings, environment: Environment): string {
  const { host, port, appUrl, dataDirectory, databaseUrl } = settings;
  const reachable = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host.includes(":") ? `[${host}]` : host;
  const contacts = `http://${reachable}:${port}/api/contacts`;
  const lines = [
    `Hustings runs at ${appUrl}`,
    "",
    ...(environment.LOCAL_SIGN_IN === "1"
      ? [
          "  Sign in  one click as admin@hustings.local, member@hustings.local or viewer@hustings.local (this machine only)",
        ]
      : ["  Sign in  with Google: set GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET"]),
    ...(environment.ANONYMOUS_API === "local"
      ? [
          `  API      curl ${contacts}`,
          "           It answers this machine without a key (ANONYMOUS_API=local); ANONYMOUS_API=off npm start switches that off.",
        ]
      : [
          `  API      curl -H "Authorization: Bearer $KEY" ${contacts}`,
          "           npm run hustings -- keys create --email E --workspace SLUG --name N makes a key.",
        ]),
    `  Data     ${databaseUrl ? "in the database of DATABASE_URL; secrets in" : "database and secrets in"} ${dataDirectory}`,
    "  Stop     Ctrl-C",
  ];
  return lines.join("\n");
}
