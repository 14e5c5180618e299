import type { PrincipalContext } from "@hustings/core/context";
import type { Migration } from "@hustings/db/migrate";
import { Command } from "commander";
import { type CreateKeyOptions, createKey } from "./commands/keys";
import { setUp } from "./commands/setup";
import { type AddUserOptions, addUser, changeUser, listUsers, type USER_CHANGES } from "./commands/users";
import { createWorkspace, listWorkspaces } from "./commands/workspaces";
import { examine } from "./doctor/doctor";
import type { CliEnv } from "./env";
import { withCore } from "./open-core";
import type { Print } from "./print";

/** What the commands need from outside; tests bring their own. */
export type CliParts = {
  readEnv: () => CliEnv;
  readMigrations: () => readonly Migration[];
  print: Print;
  /** Called when a command has found something wrong, without being wrong itself. */
  fail: () => void;
};

/** The operator's commands. Nothing is read or opened before one is chosen. */
export function createProgram({ readEnv, readMigrations, print, fail }: CliParts): Command {
  const program = new Command("hustings").description(
    "Runs an installation of Hustings from the command line, while the app runs or not.",
  );
  const onCore = (work: (ctx: PrincipalContext) => Promise<void>) => withCore(readEnv(), work);

  const keys = program.command("keys").description("API keys");
  keys
    .command("create")
    .description("make an API key that acts as a user; the raw key is alone on the last line")
    .requiredOption("--email <address>", "the user as whom it acts")
    .requiredOption("--workspace <slug>", "the workspace in which it works unless a request names another")
    .requiredOption("--name <name>", "what it is for")
    .action((options: CreateKeyOptions) => onCore((ctx) => createKey(ctx, options, print)));

  const users = program.command("users").description("people who may sign in");
  users
    .command("list")
    .description("show everybody")
    .action(() => onCore((ctx) => listUsers(ctx, print)));
  users
    .command("add <email>")
    .description("make a user, who may sign in from then on")
    .option("--name <name>", "shown to others; the part before @ unless given")
    .option("--admin", "as a global admin")
    .action((email: string, options: AddUserOptions) => onCore((ctx) => addUser(ctx, email, options, print)));
  for (const [name, description] of [
    ["promote", "make somebody a global admin"],
    ["demote", "make a global admin a member again"],
    ["deactivate", "lock somebody out, with their API keys"],
    ["activate", "let somebody in again"],
  ] as const satisfies readonly (readonly [keyof typeof USER_CHANGES, string])[])
    users
      .command(`${name} <email>`)
      .description(description)
      .action((email: string) => onCore((ctx) => changeUser(ctx, email, name, print)));

  const workspaces = program.command("workspaces").description("workspaces");
  workspaces
    .command("list")
    .description("show all of them")
    .action(() => onCore((ctx) => listWorkspaces(ctx, print)));
  workspaces
    .command("create <name>")
    .description("make a workspace")
    .option("--slug <slug>", "how it stands in addresses; made of the name unless given")
    .action((name: string, options: { slug?: string }) =>
      onCore((ctx) => createWorkspace(ctx, name, options.slug, print)),
    );

  program
    .command("setup")
    .description("make what an empty database lacks: the global workspace")
    .option("--demo", "and, where nobody uses it yet, a workspace to look around in")
    .action((options: { demo?: boolean }) => onCore((ctx) => setUp(ctx, options, print)));

  program
    .command("doctor")
    .description("say what is right, what is wrong and what to do; exits with 1 when something is wrong")
    .action(async () => {
      if (!(await examine(readEnv(), readMigrations(), print))) fail();
    });
  return program;
}
