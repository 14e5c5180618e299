import { Button } from "@hustings/ui/button";

export type NewerOlderProps = {
  isFirst: boolean;
  isLast: boolean;
  /** By one page: -1 to what is newer, 1 to what is older. */
  onTurn: (by: -1 | 1) => void;
};

/** Turns the pages of a history that begins with the newest. */
export function NewerOlder({ isFirst, isLast, onTurn }: NewerOlderProps) {
  return (
    <>
      <Button size="sm" offReason={isFirst && "These are the newest."} onClick={() => onTurn(-1)}>
        Newer
      </Button>
      <Button size="sm" offReason={isLast && "These are the oldest."} onClick={() => onTurn(1)}>
        Older
      </Button>
    </>
  );
}
