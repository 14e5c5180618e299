import { PageHeader } from "@hustings/ui/page-header";
import { useWorkspace } from "~/client/workspace";
import { Screen } from "~/components/frame/screen";

/** Who joined, what went out, what needs somebody. */
export function HomeScreen() {
  const { name } = useWorkspace();
  const day = new Intl.DateTimeFormat("en-GB", { weekday: "long" }).format(new Date());
  return (
    <Screen title="Home">
      <PageHeader title={`${day} in ${name}`} />
    </Screen>
  );
}
