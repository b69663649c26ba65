/** Forms: a POST carries its token by itself; a GET form (a search) carries none. */
import type { ComponentChildren } from "preact";
import { CSRF_FIELD } from "../http/csrf.ts";
import { usePage } from "./page-state.ts";

export interface FormProps {
  readonly action: string;
  readonly method?: "post" | "get";
  readonly class?: string;
  /** Sends a file with its fields: the route reads `multipart`. */
  readonly multipart?: true;
  readonly children?: ComponentChildren;
}

export function Form({
  action,
  method = "post",
  class: className = "stack",
  multipart,
  children,
}: FormProps) {
  const page = usePage();
  return (
    <form
      action={action}
      method={method}
      class={className}
      {...(multipart === true && { enctype: "multipart/form-data" })}
    >
      {method === "post" && <input type="hidden" name={CSRF_FIELD} value={page.csrfToken()} />}
      {children}
    </form>
  );
}

export interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly type?:
    | "text"
    | "email"
    | "number"
    | "date"
    | "password"
    | "search"
    | "tel"
    | "textarea"
    | "checkbox"
    | "file";
  readonly value?: string;
  /** Of a checkbox. */
  readonly checked?: boolean;
  /** Of a file: what a browser offers first. */
  readonly accept?: string;
  readonly hint?: string;
  /** What is wrong with the value that was sent. */
  readonly error?: string;
  readonly required?: boolean;
  readonly autocomplete?: string;
  /** A choice: value and label, in order. */
  readonly options?: readonly (readonly [value: string, label: string])[];
}

/** A labelled input with its hint and its error, tied together for screen readers. `id` is the name. */
export function Field(props: FieldProps) {
  const { texts } = usePage();
  const { name, label, hint, error, required } = props;
  const described = [hint !== undefined && `${name}-hint`, error !== undefined && `${name}-error`]
    .filter((id) => id !== false)
    .join(" ");
  return (
    <div class={props.type === "checkbox" ? "field check" : "field"}>
      <label for={name}>
        {label}
        {required && <span class="required"> ({texts.required})</span>}
      </label>
      {hint !== undefined && (
        <p class="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      <Control {...props} described={described === "" ? undefined : described} />
      {error !== undefined && (
        <p class="error" id={`${name}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}

function Control(props: FieldProps & { readonly described: string | undefined }) {
  const { name, value, type = "text", options } = props;
  const shared = {
    id: name,
    name,
    required: props.required,
    "aria-describedby": props.described,
    "aria-invalid": props.error === undefined ? undefined : ("true" as const),
  };
  if (options !== undefined) {
    return (
      <select {...shared}>
        {options.map(([each, label]) => (
          <option key={each} value={each} selected={each === value}>
            {label}
          </option>
        ))}
      </select>
    );
  }
  if (type === "textarea") {
    return (
      <textarea {...shared} rows={4}>
        {value}
      </textarea>
    );
  }
  // preact has one type for each kind of input; what is given here is common to all of ours.
  const kind = { type: type as "text" };
  const more = { value, checked: props.checked, accept: props.accept, autocomplete: props.autocomplete };
  return <input {...shared} {...kind} {...more} />;
}

export interface ButtonProps {
  readonly children: ComponentChildren;
  /** `primary` by default; `danger` for what cannot be undone. */
  readonly kind?: "primary" | "secondary" | "danger";
  readonly name?: string;
  readonly value?: string;
  /** A link that looks like a button. */
  readonly href?: string;
}

export function Button({ children, kind = "primary", name, value, href }: ButtonProps) {
  if (href !== undefined) {
    return (
      <a class={`button ${kind}`} href={href}>
        {children}
      </a>
    );
  }
  return (
    <button type="submit" class={`button ${kind}`} name={name} value={value}>
      {children}
    </button>
  );
}
