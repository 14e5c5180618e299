import type { NextPageContext } from "next";
import { StrayPage } from "~/components/stray-page";

function ErrorPage({ statusCode }: { statusCode?: number }) {
  return (
    <StrayPage title="This page broke">
      Nothing was changed or sent by opening it. Load it again
      {statusCode ? `; if it stays, tell your admin “${statusCode}”.` : "."}
    </StrayPage>
  );
}

ErrorPage.getInitialProps = ({ res, err }: NextPageContext) => ({ statusCode: res?.statusCode ?? err?.statusCode });

export default ErrorPage;
