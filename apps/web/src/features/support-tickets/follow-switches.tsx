import { Switch } from "@hustings/ui/switch";
import { notifyFailed } from "@hustings/ui/toast";
import { readCallError } from "~/client/errors";
import { trpc } from "~/client/trpc";

const fail = (error: unknown) => notifyFailed(`This was not changed. ${readCallError(error).message}`);

/** Email about every ticket, or only about those that one follows. */
export function FollowAllSwitch() {
  const utils = trpc.useUtils();
  const following = trpc.supportTickets.subscriptionToAll.useQuery({});
  const toggle = trpc.supportTickets.toggleSubscriptionToAll.useMutation({
    onSuccess: async (now) => {
      utils.supportTickets.subscriptionToAll.setData({}, now);
      await utils.supportTickets.get.invalidate();
    },
    onError: fail,
  });
  const known = following.data?.subscribedToAll;
  return (
    <Switch
      checked={toggle.isPending ? !known : (known ?? false)}
      disabled={known === undefined}
      onChange={() => !toggle.isPending && toggle.mutate({})}
    >
      Email me about all tickets
    </Switch>
  );
}

/** Email about one ticket, whatever holds for the others. */
export function FollowSwitch({ id, isSubscribed }: { id: string; isSubscribed: boolean }) {
  const utils = trpc.useUtils();
  const options = { onSettled: () => utils.supportTickets.get.invalidate({ id }), onError: fail };
  const subscribe = trpc.supportTickets.subscribe.useMutation(options);
  const unsubscribe = trpc.supportTickets.unsubscribe.useMutation(options);
  const isPending = subscribe.isPending || unsubscribe.isPending;
  return (
    <Switch
      checked={isPending ? !isSubscribed : isSubscribed}
      onChange={() => !isPending && (isSubscribed ? unsubscribe : subscribe).mutate({ id })}
      hint="When somebody else replies or moves it."
    >
      Email me about this ticket
    </Switch>
  );
}
