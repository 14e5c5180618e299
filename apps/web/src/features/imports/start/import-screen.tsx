import { PageHeader } from "@hustings/ui/page-header";
import { Steps } from "@hustings/ui/steps";
import { useRouter } from "next/router";
import { useNotAllowedReason } from "~/client/role";
import { useWorkspacePath } from "~/client/workspace";
import { Screen } from "~/components/frame/screen";
import { columnsPath, IMPORT_CRUMBS, IMPORT_STEPS } from "../import-places";
import { DropZone } from "./drop-zone";
import { RecentImports } from "./recent-imports";
import { useUpload } from "./use-upload";

/** Where an import begins: a file, and what was brought in before. */
export function ImportScreen() {
  const router = useRouter();
  const toPath = useWorkspacePath();
  const offReason = useNotAllowedReason("member", "bring people in");
  const upload = useUpload(({ uploadId }) => void router.push(toPath(columnsPath(uploadId))));
  return (
    <Screen title="Import people" crumbs={IMPORT_CRUMBS}>
      <PageHeader title="Import people" lede="Bring in the list you have. An import sends no email.">
        <Steps label="Steps of the import" steps={IMPORT_STEPS} current={0} />
      </PageHeader>
      <DropZone upload={upload} offReason={offReason} />
      <RecentImports />
    </Screen>
  );
}
