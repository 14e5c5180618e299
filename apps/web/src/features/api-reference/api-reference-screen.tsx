import { Button } from "@hustings/ui/button";
import { Mark } from "@hustings/ui/mark";
import { ArrowLeft } from "lucide-react";
import Head from "next/head";
import { ApiReference } from "./api-reference";

/** `/docs`: the reference, for anybody who can reach this server; it holds nobody's data. */
export function ApiReferenceScreen() {
  return (
    <>
      <Head>
        <title>API reference · Hustings</title>
      </Head>
      <header className="sticky top-0 z-20 flex h-12 items-center gap-2.5 border-b bg-rail px-4">
        <Mark className="size-6" />
        <b className="font-display text-md">Hustings</b>
        <span className="text-muted-foreground max-md:hidden">API reference</span>
        <Button asChild icon={<ArrowLeft aria-hidden />} className="ml-auto">
          {/* A whole new page: what the reference's own styles changed stays behind. */}
          <a href="/">To the dashboard</a>
        </Button>
      </header>
      <ApiReference />
    </>
  );
}
