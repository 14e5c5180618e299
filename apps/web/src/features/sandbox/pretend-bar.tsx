import type { SimulatedEvent } from "@hustings/contracts/sandbox";
import { Button } from "@hustings/ui/button";
import { Menu, MenuContent, MenuItem, MenuLabel, MenuTrigger } from "@hustings/ui/menu";
import { statusIcon } from "@hustings/ui/status";
import { notifyFailed } from "@hustings/ui/toast";
import { Check } from "lucide-react";
import { useMemo } from "react";
import { readCallError } from "~/client/errors";
import { trpc } from "~/client/trpc";
import { listLinks } from "./links";
import type { CaughtMail } from "./mail-row";
import { PRETENCES } from "./pretences";

/** Makes as if the reader did something: the provider's event goes through the same door as a real one. */
export function PretendBar({ mail, onChanged }: { mail: CaughtMail; onChanged: () => void }) {
  const utils = trpc.useUtils();
  const links = useMemo(() => listLinks(mail.html), [mail.html]);
  const simulate = trpc.sandbox.simulate.useMutation({
    onSuccess: async (answer) => {
      // A look that began before would bring back what was.
      await utils.sandbox.get.cancel({ id: mail.id });
      utils.sandbox.get.setData({ id: mail.id }, answer);
      void utils.campaigns.invalidate();
      onChanged();
    },
    onError: (error) => notifyFailed(`Nothing was simulated. ${readCallError(error).message}`),
  });
  const pretend = (event: SimulatedEvent, url?: string) =>
    simulate.mutate({ id: mail.id, event, ...(url ? { url } : {}) });
  return (
    <section
      aria-label="Pretend they did something"
      className="flex flex-none flex-wrap items-center gap-1.5 border-y border-border bg-sandbox-soft px-5 py-2 max-md:px-3.5"
    >
      <b className="mr-1 text-sm">Pretend they…</b>
      {PRETENCES.map(({ event, words }) => {
        const isDone = mail.events.some((done) => done.type === event);
        const Icon = isDone ? Check : statusIcon(event);
        const isBusy = simulate.isPending && simulate.variables.event === event;
        const button = (
          <Button
            key={event}
            size="sm"
            icon={<Icon aria-hidden />}
            isBusy={isBusy}
            offReason={isDone && "You pretended that already"}
            onClick={
              event === "clicked" && links.length > 1
                ? undefined
                : () => pretend(event, event === "clicked" ? links[0] : undefined)
            }
          >
            {words}
          </Button>
        );
        if (event !== "clicked" || isDone || links.length < 2) return button;
        return (
          <Menu key={event}>
            <MenuTrigger asChild>{button}</MenuTrigger>
            <MenuContent className="max-w-96">
              <MenuLabel>Which link?</MenuLabel>
              {links.map((link) => (
                <MenuItem key={link} onSelect={() => pretend("clicked", link)}>
                  {link.replace(/^https?:\/\//, "")}
                </MenuItem>
              ))}
            </MenuContent>
          </Menu>
        );
      })}
    </section>
  );
}
