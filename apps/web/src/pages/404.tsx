import { StrayPage } from "~/components/stray-page";

export default function NotFoundPage() {
  return (
    <StrayPage title="There is nothing at this address">The page may have moved, or the address has a slip.</StrayPage>
  );
}
