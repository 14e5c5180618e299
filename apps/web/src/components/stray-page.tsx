import { Button } from "@hustings/ui/button";
import { EmptyState } from "@hustings/ui/empty-state";
import { Mark } from "@hustings/ui/mark";
import Head from "next/head";
import type { ReactNode } from "react";
import { Link } from "~/components/link";

/** A page outside of every workspace that says one thing and leads home. */
export function StrayPage({ title, children, action }: { title: string; children: ReactNode; action?: ReactNode }) {
  return (
    <main className="grid h-dvh content-center justify-items-center">
      <Head>
        <title>{`${title} · Hustings`}</title>
      </Head>
      <Mark className="size-10" />
      <EmptyState
        level={1}
        title={title}
        className="pt-3"
        actions={
          action ?? (
            <Button asChild variant="primary">
              <Link href="/">Go to Home</Link>
            </Button>
          )
        }
      >
        {children}
      </EmptyState>
    </main>
  );
}
