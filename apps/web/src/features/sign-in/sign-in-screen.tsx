import { Mark } from "@hustings/ui/mark";
import { Note } from "@hustings/ui/note";
import { SkeletonRows } from "@hustings/ui/skeleton";
import Head from "next/head";
import { useRouter } from "next/router";
import { useEffect } from "react";
import { trpc } from "~/client/trpc";
import { QueryError } from "~/components/query-error";
import { DemoPeople } from "./demo-people";
import { GoogleButton } from "./google-button";
import { Poster } from "./poster";

/** What NextAuth puts into `?error=`, in words. */
const ERRORS: Record<string, string> = {
  CredentialsSignin: "This person is not in the demo any more.",
  OAuthCallback: "Google did not finish the sign-in. Try again.",
  // Somebody pressed “Cancel” there.
  Callback: "Google did not finish the sign-in. Try again.",
};

/** `/sign-in` */
export function SignInScreen() {
  const router = useRouter();
  const options = trpc.session.options.useQuery();
  const next = toLocalPath(router.query.next ?? router.query.callbackUrl);
  const error = typeof router.query.error === "string" ? router.query.error : null;
  useLeaveWhenSignedIn(next);

  return (
    <div className="grid min-h-dvh md:grid-cols-[minmax(0,1fr)_minmax(0,.82fr)]">
      <Head>
        <title>Sign in · Hustings</title>
      </Head>
      <main className="mx-auto w-full max-w-[456px] px-[18px] pt-7 pb-8 md:pt-[52px]">
        <div className="mb-10 flex items-center gap-3">
          <Mark className="size-10" />
          <b className="font-display text-[24px] leading-8">Hustings</b>
        </div>
        <h1 className="text-[30px] leading-[34px]">Sign in to Hustings</h1>
        <p className="mt-1.5 mb-[22px] text-[15px] text-muted-foreground">
          Contacts, campaigns and the people behind them.
        </p>
        {error && (
          <Note tone="bad" isAlert className="mb-4">
            {ERRORS[error] ?? "The sign-in did not work. Try again."}
          </Note>
        )}
        {options.isPending && <SkeletonRows rows={4} hasAvatar label="Loading the ways to sign in" />}
        {options.error && (
          <QueryError
            title="The ways to sign in did not load."
            error={options.error}
            onRetry={() => void options.refetch()}
          />
        )}
        {options.data?.google && <GoogleButton next={next} />}
        {options.data && options.data.local.length > 0 && (
          <DemoPeople
            people={options.data.local}
            next={next}
            isAlone={!options.data.google}
            isSandbox={options.data.emailMode === "sandbox"}
          />
        )}
        {options.data && !options.data.google && options.data.local.length === 0 && (
          <Note tone="look">
            No way to sign in is set up on this server. Its operator sets GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET.
          </Note>
        )}
      </main>
      <Poster />
    </div>
  );
}

/** Somebody who comes here by hand and is signed in already goes on. */
function useLeaveWhenSignedIn(next: string) {
  const router = useRouter();
  const session = trpc.session.me.useQuery(undefined, { retry: false });
  const isSignedIn = session.data !== undefined;
  useEffect(() => {
    if (isSignedIn) void router.replace(next);
  }, [isSignedIn, next, router]);
}

/** Only paths of ours: a link must not use the sign-in to lead away. */
function toLocalPath(value: string | string[] | undefined): string {
  if (typeof value !== "string") return "/";
  const base = "http://local.invalid";
  const url = URL.canParse(value, base) ? new URL(value, base) : null;
  const isOurs =
    url && (url.origin === base || (typeof window !== "undefined" && url.origin === window.location.origin));
  return isOurs && !url.pathname.startsWith("/sign-in") ? url.pathname + url.search : "/";
}
