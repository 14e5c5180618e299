import { TagsScreen } from "~/features/tags/tags-screen";

export default function TagsPage() {
  return <TagsScreen />;
}
