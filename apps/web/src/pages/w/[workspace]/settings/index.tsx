import { SettingsIndex } from "~/features/workspaces/settings-index";

export default function SettingsPage() {
  return <SettingsIndex />;
}
