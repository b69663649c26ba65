/** Reads the form of a change. What it gives is checked by `readChangeGiven`. */
import type { ChangeKind } from "../change.ts";
import type { ChangeGiven } from "../read-change.ts";

const text = (form: URLSearchParams, name: string) => form.get(name)?.trim() ?? "";
const words = (form: URLSearchParams, name: string) =>
  text(form, name)
    .toUpperCase()
    .split(/[\s,;]+/)
    .filter(Boolean);

/** The ids of ticked boxes `prefix.id`; undefined when none is ticked. */
export function tickedIn(form: URLSearchParams, prefix: string): readonly string[] | undefined {
  const ids = [...form.keys()]
    .filter((name) => name.startsWith(`${prefix}.`))
    .map((name) => name.slice(prefix.length + 1));
  return ids.length === 0 ? undefined : ids;
}

export function placesIn(form: URLSearchParams) {
  return { storage: words(form, "storage"), processing: words(form, "processing") };
}

export function changeIn(form: URLSearchParams): ChangeGiven {
  const [purposes, categories] = [tickedIn(form, "purpose"), tickedIn(form, "category")];
  const [siret, register] = [text(form, "siret").replaceAll(/\s/g, ""), text(form, "register")];
  const [country, replaces] = [text(form, "transferCountry").toUpperCase(), text(form, "replaces")];
  const both = (name: string) => ({ fr: text(form, `${name}Fr`), en: text(form, `${name}En`) });
  return {
    kind: text(form, "kind") as ChangeKind,
    entry: {
      recipient: text(form, "recipient"),
      clause: "DC",
      name: text(form, "name"),
      ...(siret === "" ? {} : { siret }),
      ...(register === "" ? {} : { register }),
      ...both("activity"),
      origins: text(form, "origins"),
      transfers: country === "" ? "none" : { country, mechanism: text(form, "mechanism") },
      deletionDelay: text(form, "deletionDelay"),
      operations: tickedIn(form, "operation") ?? [],
      ...(purposes === undefined ? {} : { purposes }),
      ...(categories === undefined ? {} : { categories }),
    },
    ...(replaces === "" ? {} : { replaces }),
    content: {
      purpose: both("purpose"),
      places: placesIn(form),
      retention: both("retention"),
      guarantees: both("guarantees"),
    },
    startsOn: text(form, "startsOn"),
  };
}
