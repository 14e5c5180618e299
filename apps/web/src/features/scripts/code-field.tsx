import type { CreateScriptInput, Script } from "@hustings/contracts/scripts";
import { FieldError, Hint } from "@hustings/ui/field";
import { Skeleton } from "@hustings/ui/skeleton";
import dynamic from "next/dynamic";
import { type RefObject, useMemo } from "react";
import type { UseFormReturn } from "react-hook-form";
import { trpc } from "~/client/trpc";
import type { LineMark } from "~/components/code-editor/line-marks";
import { FormField } from "~/components/form/form-field";
import type { CodeEditorHandle, CodeEditorProps } from "./editor/code-editor";
import { ExampleMenu } from "./example-menu";
import { sayLimits } from "./limit-words";
import { useScriptService } from "./service-note";
import { useCheckedCode } from "./use-checked";

const CodeEditor = dynamic<Omit<CodeEditorProps, "ref"> & { handle: (handle: CodeEditorHandle | null) => void }>(
  () =>
    import("./editor/code-editor").then(({ CodeEditor: Editor }) => ({
      default: ({ handle, ...props }) => <Editor ref={handle} {...props} />,
    })),
  {
    ssr: false,
    loading: () => <Skeleton className="h-80" />,
  },
);

export type CodeFieldProps = {
  form: UseFormReturn<CreateScriptInput, unknown, CreateScriptInput>;
  script: Script | null;
  code: RefObject<CodeEditorHandle | null>;
  /** Where the last run failed, while the code is the one that ran. */
  failedLine: LineMark | null;
  onSave: () => void;
};

/** The code with its manual, where it does not parse while it is typed, and what a run may take. */
export function CodeField({ form, script, code, failedLine, onSave }: CodeFieldProps) {
  const manual = trpc.scripts.manual.useQuery({}, { staleTime: Number.POSITIVE_INFINITY });
  const service = useScriptService();
  const text = form.watch("code");
  const problem = useCheckedCode(text);
  const marks = useMemo<LineMark[]>(() => {
    if (problem) return [{ ...problem, level: "bad" }];
    return failedLine ? [failedLine] : [];
  }, [problem, failedLine]);
  return (
    <div className="relative">
      {!script && <ExampleMenu form={form} />}
      <FormField
        control={form.control}
        name="code"
        label="Code"
        hint={`JavaScript, with crm, log, input, sleep, and await everywhere. Ctrl-Space completes. It has the rights of ${whoseRights(script)}.`}
      >
        {({ ref, value, onChange, onBlur }) => (
          <CodeEditor
            handle={(handle) => {
              ref(handle);
              code.current = handle;
            }}
            label="Code"
            value={value}
            onValueChange={onChange}
            onBlur={onBlur}
            onSave={onSave}
            marks={marks}
            manual={manual.data}
          />
        )}
      </FormField>
      {problem && !form.formState.errors.code && (
        <FieldError>
          Line {problem.line}, column {problem.column}: {problem.message}
        </FieldError>
      )}
      {service && <Hint>{sayLimits(service.limits)}</Hint>}
    </div>
  );
}

const whoseRights = (script: Script | null): string =>
  script?.lastEditedBy ? `${script.lastEditedBy.name}, who saved it last` : "whoever saves it";
