import { zodResolver } from "@hookform/resolvers/zod";
import { useRef } from "react";
import { type DefaultValues, type FieldPath, type FieldValues, type UseFormReturn, useForm } from "react-hook-form";
import type { z } from "zod";
import { type CallError, readCallError, splitDetails } from "~/client/errors";

export type ContractFormOptions<Input extends FieldValues, Output> = {
  /** The procedure's input in the contracts: the same rules on both sides. */
  contract: z.ZodType<Output, Input>;
  defaultValues: DefaultValues<Input>;
  /** Calls the server: `(values) => createTag.mutateAsync(values)`. What it rejects with is shown at the fields. */
  onSubmit: (values: Output) => Promise<unknown>;
};

export type ContractForm<Input extends FieldValues, Output> = {
  form: UseFormReturn<Input, unknown, Output>;
  /** For `<form onSubmit>`. */
  submit: (event?: React.BaseSyntheticEvent) => Promise<void>;
  isBusy: boolean;
  /** What the server said that belongs to no field of this form. */
  formError: CallError | null;
};

/**
 * A form with the contract's rules. Server `details` (`name: must not be empty`) land at their fields, the rest in
 * `formError`; what was typed stays.
 */
export function useContractForm<Input extends FieldValues, Output>({
  contract,
  defaultValues,
  onSubmit,
}: ContractFormOptions<Input, Output>): ContractForm<Input, Output> {
  const form = useForm<Input, unknown, Output>({ resolver: zodResolver(contract), defaultValues });
  const formError = useRef<CallError | null>(null);
  const submit = form.handleSubmit(async (values) => {
    formError.current = null;
    try {
      await onSubmit(values);
    } catch (thrown) {
      formError.current = showCallError(form, readCallError(thrown));
      form.setError("root.server", { message: "refused" });
    }
  });
  return {
    form,
    submit,
    isBusy: form.formState.isSubmitting,
    formError: form.formState.errors.root ? formError.current : null,
  };
}

/** Puts each detail at its field; gives back what no field of the form could take, or null. */
function showCallError<Input extends FieldValues, Output>(
  form: UseFormReturn<Input, unknown, Output>,
  error: CallError,
): CallError | null {
  const { byField, rest } = splitDetails(error.details);
  let isShown = false;
  for (const [path, message] of byField) {
    if (hasField(form.getValues(), path)) {
      form.setError(path as FieldPath<Input>, { type: "server", message }, { shouldFocus: !isShown });
      isShown = true;
    } else rest.push(`${path}: ${message}`);
  }
  return isShown && rest.length === 0 ? null : { ...error, details: rest };
}

function hasField(values: FieldValues, path: string): boolean {
  return (path.split(".")[0] ?? "") in values;
}
