import { Button } from "@hustings/ui/button";
import { Link } from "~/components/link";
import { StrayPage } from "~/components/stray-page";
import { WhomToAsk } from "./whom-to-ask";

/**
 * `/no-access`: where somebody lands whom the sign-in did not let in. It says the same to everybody, so that nobody
 * learns who is known here.
 */
export function NoAccessScreen() {
  return (
    <StrayPage
      title="This account does not get in here"
      action={
        <Button asChild variant="primary">
          <Link href="/sign-in">Try another account</Link>
        </Button>
      }
    >
      Hustings is open to people who were invited, by the address that they sign in with. That address must be verified.
      If you should be one of them, ask <WhomToAsk otherwise="the person who invited you" />.
    </StrayPage>
  );
}
