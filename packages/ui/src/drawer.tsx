import { X } from "lucide-react";
import { Dialog as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import { IconButton } from "./button";
import { cn } from "./class-names";
import { SCRIM } from "./dialog";

export type DrawerProps = {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  title: ReactNode;
  children: ReactNode;
  /** Stays in sight below. */
  footer?: ReactNode;
  /** From the right, or from below as the phone's menu. */
  side?: "right" | "bottom";
  className?: string;
};

/** A pane that slides over the page: people behind a number, the third pane on narrower screens. */
export function Drawer({ isOpen, onOpenChange, title, children, footer, side = "right", className }: DrawerProps) {
  return (
    <Primitive.Root open={isOpen} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className={SCRIM} />
        <Primitive.Content
          aria-describedby={undefined}
          className={cn(
            "fixed z-50 flex flex-col border-border-strong bg-background shadow-float duration-(--speed) focus-visible:outline-none data-[state=closed]:animate-out data-[state=open]:animate-in",
            side === "right"
              ? "inset-y-0 right-0 w-[min(480px,100vw)] border-l data-[state=closed]:slide-out-to-right data-[state=open]:slide-in-from-right"
              : "inset-x-0 bottom-0 max-h-[85dvh] rounded-t-lg border-t data-[state=closed]:slide-out-to-bottom data-[state=open]:slide-in-from-bottom",
            className,
          )}
        >
          <header className="flex min-h-12 items-center gap-2 border-b border-border px-5 py-2 max-md:px-3.5">
            <Primitive.Title className="min-w-0 flex-1">{title}</Primitive.Title>
            <Primitive.Close asChild>
              <IconButton label="Close" icon={<X aria-hidden />} className="-mr-2" />
            </Primitive.Close>
          </header>
          <div className="min-h-0 flex-1 overflow-auto px-5 py-4 max-md:px-3.5">{children}</div>
          {footer && <footer className="border-t border-border bg-card px-5 py-3 max-md:px-3.5">{footer}</footer>}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
