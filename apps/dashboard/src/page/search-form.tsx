import type { ComponentChildren, TargetedSubmitEvent } from "preact";
import { type Address, linkTo } from "./address.ts";

interface SearchFormProps {
  readonly address: Address;
  /** Fields, named like the API's parameters. */
  readonly children: ComponentChildren;
}

/** A form whose fields become the address, so that a search can be linked to and gone back to. */
export function SearchForm({ address: { screen, query }, children }: SearchFormProps) {
  const submit = (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = [...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value).trim()]);
    location.hash = linkTo({ screen, query: Object.fromEntries(fields) });
  };
  // A new search has new fields, which begin with what it asks for.
  return (
    <search key={JSON.stringify(query)}>
      <form class="search-form" onSubmit={submit}>
        {children}
        <button type="submit" class="primary">
          Search
        </button>
      </form>
    </search>
  );
}

interface FieldProps {
  readonly label: string;
  readonly name: string;
  readonly query: Address["query"];
  readonly hint?: string;
}

/** A text to search for. */
export function TextField({ label, name, query, hint }: FieldProps) {
  return (
    <label>
      {label}
      <input name={name} defaultValue={query[name] ?? ""} placeholder={hint} autocomplete="off" spellcheck={false} />
    </label>
  );
}

interface ChoiceFieldProps extends Omit<FieldProps, "hint"> {
  /** What may be chosen: the parameter's value, and what it is called. */
  readonly choices: readonly (readonly [value: string, text: string])[];
  /** What leaving it out is called. */
  readonly any?: string;
}

/** One of some values to search for, or any. */
export function ChoiceField({ label, name, query, choices, any = "Any" }: ChoiceFieldProps) {
  return (
    <label>
      {label}
      <select name={name}>
        <option value="">{any}</option>
        {choices.map(([value, text]) => (
          <option key={value} value={value} selected={query[name] === value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
