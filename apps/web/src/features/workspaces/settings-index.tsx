import { useRouter } from "next/router";
import { useEffect } from "react";
import { useWorkspacePath } from "~/client/workspace";
import { SETTINGS_PLACES } from "~/components/frame/places";
import { SettingsScreen } from "~/components/settings-screen";

/** `/settings` is its first page. */
export function SettingsIndex() {
  const router = useRouter();
  const first = useWorkspacePath()(SETTINGS_PLACES[0]?.path ?? "/");
  useEffect(() => {
    void router.replace(first);
  }, [router, first]);
  return <SettingsScreen title="Settings">{null}</SettingsScreen>;
}
