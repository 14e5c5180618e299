import "~/styles/app.css";
import { Toaster } from "@hustings/ui/toast";
import type { AppProps } from "next/app";
import Head from "next/head";
import { NuqsAdapter } from "nuqs/adapters/next/pages";
import { trpc } from "~/client/trpc";
import { WorkspaceProvider } from "~/client/workspace";
import { Frame } from "~/components/frame/frame";

function App({ Component, pageProps, router }: AppProps) {
  const page = <Component {...pageProps} />;
  const isInWorkspace = router.pathname.startsWith("/w/[workspace]");
  return (
    <NuqsAdapter>
      <Head>
        <title>Hustings</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
      </Head>
      {isInWorkspace ? (
        <WorkspaceProvider>
          <Frame>{page}</Frame>
        </WorkspaceProvider>
      ) : (
        page
      )}
      <Toaster />
    </NuqsAdapter>
  );
}

export default trpc.withTRPC(App);
