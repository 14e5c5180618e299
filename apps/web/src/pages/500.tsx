import { StrayPage } from "~/components/stray-page";

export default function ServerErrorPage() {
  return (
    <StrayPage title="Something broke on our side">
      Nothing was changed or sent by opening this page. Try again in a moment.
    </StrayPage>
  );
}
