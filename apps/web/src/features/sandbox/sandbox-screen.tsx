import { cn } from "@hustings/ui/class-names";
import { EmptyState } from "@hustings/ui/empty-state";
import { NotAllowed } from "@hustings/ui/not-allowed";
import { PageHeader } from "@hustings/ui/page-header";
import { Inbox } from "lucide-react";
import dynamic from "next/dynamic";
import { useCommands } from "~/client/commands";
import { useNotAllowedReason } from "~/client/role";
import { useIsSandbox } from "~/client/workspace";
import { Screen } from "~/components/frame/screen";
import { MailList } from "./mail-list";
import { useMailbox } from "./use-mailbox";

const MailView = dynamic(() => import("./mail-view").then((module) => module.MailView), { ssr: false });

/** The mailbox in which every email is caught while nothing leaves the server. */
export function SandboxScreen() {
  const isSandbox = useIsSandbox();
  const refusal = useNotAllowedReason("admin", "see caught emails");
  if (isSandbox && !refusal) return <MailboxScreen />;
  return (
    <Screen title="Sandbox">
      {refusal ? (
        <>
          <PageHeader title="Sandbox" />
          <NotAllowed className="max-w-xl">{refusal}</NotAllowed>
        </>
      ) : (
        <EmptyState level={1} icon={Inbox} title="This server sends for real">
          There is no sandbox: emails leave for the people they are written to. The operator switches it on with
          EMAIL_MODE=sandbox.
        </EmptyState>
      )}
    </Screen>
  );
}

function MailboxScreen() {
  const mailbox = useMailbox();
  const emails = mailbox.list.data?.emails ?? [];
  const index = emails.findIndex((mail) => mail.id === mailbox.mailId);
  const open = (next: number) => {
    const mail = emails[Math.min(Math.max(0, next), emails.length - 1)];
    if (mail) mailbox.openMail(mail.id);
  };
  useCommands([
    { id: "mail-next", label: "Next email", key: "j", group: "here", run: () => open(index + 1) },
    { id: "mail-before", label: "Email before", key: "k", group: "here", run: () => open(index - 1) },
  ]);
  return (
    <Screen title="Sandbox" isFlush>
      <div className="grid min-h-0 flex-1 grid-cols-[372px_minmax(0,1fr)] grid-rows-[minmax(0,1fr)] max-lg:grid-cols-[300px_minmax(0,1fr)] max-md:grid-cols-1">
        <section
          aria-label="Caught emails"
          className={cn(
            "flex min-h-0 min-w-0 flex-col border-r border-border max-md:border-r-0",
            mailbox.mailId && "max-md:hidden",
          )}
        >
          <MailList mailbox={mailbox} />
        </section>
        <section aria-label="Email" className={cn("flex min-h-0 min-w-0 flex-col", !mailbox.mailId && "max-md:hidden")}>
          {mailbox.mailId ? (
            <MailView
              key={mailbox.mailId}
              id={mailbox.mailId}
              onClose={() => mailbox.openMail(null)}
              onChanged={() => void mailbox.list.refetch()}
            />
          ) : (
            <EmptyState icon={Inbox} title="No email is open" className="pt-24">
              Choose one on the left, or press j.
            </EmptyState>
          )}
        </section>
      </div>
    </Screen>
  );
}
