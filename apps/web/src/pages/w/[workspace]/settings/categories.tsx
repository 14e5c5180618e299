import { CategoriesScreen } from "~/features/categories/categories-screen";

export default function CategoriesPage() {
  return <CategoriesScreen />;
}
