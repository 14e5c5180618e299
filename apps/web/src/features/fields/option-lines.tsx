import { Textarea } from "@hustings/ui/textarea";
import { type ComponentProps, useState } from "react";

type OptionLinesProps = Omit<ComponentProps<"textarea">, "value" | "onChange"> & {
  options: readonly string[];
  onOptionsChange: (options: string[]) => void;
};

/** Options, one on each line. Lines that are empty, such as the one being begun, are no options. */
export function OptionLines({ options, onOptionsChange, ...rest }: OptionLinesProps) {
  const [text, setText] = useState(options.join("\n"));
  const change = (next: string) => {
    setText(next);
    onOptionsChange(
      next
        .split("\n")
        .map((line) => line.trim())
        .filter(Boolean),
    );
  };
  return <Textarea {...rest} value={text} onChange={(event) => change(event.target.value)} />;
}
