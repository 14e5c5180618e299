import { Field, type FieldProps } from "@hustings/ui/field";
import type { ReactNode } from "react";
import {
  type Control,
  type ControllerRenderProps,
  type FieldPath,
  type FieldValues,
  useController,
} from "react-hook-form";
import { toFieldSentence } from "~/client/errors";

export type FormFieldProps<Input extends FieldValues, Name extends FieldPath<Input>> = Omit<
  FieldProps,
  "error" | "label" | "children"
> & {
  // The output type of the form does not matter to one field.
  // biome-ignore lint/suspicious/noExplicitAny: react-hook-form's own default for the transformed values
  control: Control<Input, unknown, any>;
  name: Name;
  /** Also begins the error sentence: “Name must not be empty.” */
  label: string;
  /** Gets `value`, `onChange`, `onBlur`, `name`, `ref`: `(field) => <Input {...field} />`. */
  children: (field: ControllerRenderProps<Input, Name>) => ReactNode;
};

/** A field of a contract form: label, control, hint or error. */
export function FormField<Input extends FieldValues, Name extends FieldPath<Input>>({
  control,
  name,
  label,
  children,
  ...rest
}: FormFieldProps<Input, Name>) {
  const { field, fieldState } = useController({ control, name });
  const message = fieldState.error?.message;
  return (
    <Field label={label} error={message && toFieldSentence(label, message)} {...rest}>
      {children(field)}
    </Field>
  );
}
