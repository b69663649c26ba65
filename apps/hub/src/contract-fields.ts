/** The fields of the register's forms, with what is known as their values. */

import type { Agreement } from "@preau/agreement";
import { regions } from "@preau/calendar";
import {
  type ContractValues,
  type Controller,
  controllerKinds,
  endChoices,
  type Officer,
  officerRoles,
  regionNames,
} from "@preau/contracts";
import type { Language } from "@preau/kernel";
import type { FieldProps } from "@preau/web";
import type { ContractsTexts } from "./locales/contracts-fr.ts";

const value = (text: string | undefined) => (text === undefined ? {} : { value: text });
const nothing = ["", "–"] as const;

export function controllerFields(
  words: ContractsTexts,
  language: Language,
  known?: Omit<Controller, "id" | "createdAt">,
): readonly FieldProps[] {
  return [
    {
      name: "kind",
      label: words.kind,
      options: controllerKinds.map((each) => [each, words.kinds[each]] as const),
      ...value(known?.kind),
    },
    { name: "name", label: words.name, required: true, ...value(known?.name) },
    { name: "legalForm", label: words.legalForm, ...value(known?.legalForm) },
    { name: "seat", label: words.seat, ...value(known?.seat) },
    { name: "siret", label: words.siret, ...value(known?.siret) },
    { name: "uai", label: words.uai, ...value(known?.uai) },
    {
      name: "region",
      label: words.region,
      options: regions.map((each) => [each, regionNames[each][language]] as const),
      value: known?.place.region ?? "metropole",
    },
    { name: "zone", label: words.zone, hint: words.zoneHint, ...value(known?.place.zone) },
    {
      name: "goodFriday",
      label: words.goodFriday,
      hint: words.goodFridayHint,
      options: (["unknown", "holiday", "workingDay"] as const).map(
        (each) => [each, words.goodFridays[each]] as const,
      ),
      ...value(known?.place.goodFriday),
    },
  ];
}

export function officerFields(words: ContractsTexts, known?: Officer): readonly FieldProps[] {
  return [
    {
      name: "role",
      label: words.role,
      options: officerRoles.map((each) => [each, words.roles[each]] as const),
      ...value(known?.role),
    },
    { name: "name", label: words.name, required: true, autocomplete: "off", ...value(known?.name) },
    { name: "capacity", label: words.capacity, hint: words.capacityHint, ...value(known?.capacity) },
    { name: "email", label: words.email, type: "email", autocomplete: "off", ...value(known?.email) },
    {
      name: "telephone",
      label: words.telephone,
      type: "tel",
      autocomplete: "off",
      ...value(known?.telephone),
    },
    { name: "address", label: words.address, autocomplete: "off", ...value(known?.address) },
  ];
}

export function contractFields(
  words: ContractsTexts,
  language: Language,
  agreement: Agreement,
  known?: ContractValues,
): readonly FieldProps[] {
  return [
    { name: "reference", label: words.reference, required: true, ...value(known?.reference) },
    ...agreement.products.map(
      (product): FieldProps => ({
        name: `products.${product.id}`,
        label: product[language],
        type: "checkbox",
        value: product.id,
        checked: known?.products.includes(product.id) ?? false,
      }),
    ),
    { name: "startsOn", label: words.startsOn, type: "date", required: true, ...value(known?.startsOn) },
    { name: "endsOn", label: words.endsOn, type: "date", hint: words.endsOnHint, ...value(known?.endsOn) },
    endChoiceField(words, agreement, known?.atEnd),
  ];
}

export function endChoiceField(words: ContractsTexts, agreement: Agreement, known?: string): FieldProps {
  const offered = agreement.endOfContract?.choices ?? endChoices;
  return {
    name: "atEnd",
    label: words.atEnd,
    options: [["", words.notChosen], ...offered.map((each) => [each, words.atEnds[each]] as const)],
    ...value(known),
  };
}

/** The products that are ticked, as the register reads them. */
export function productsIn(form: URLSearchParams): string {
  return [...form].flatMap(([name, product]) => (name.startsWith("products.") ? [product] : [])).join(" ");
}

export function periodFields(
  words: ContractsTexts,
  known?: { readonly unit: string; readonly amount: number },
) {
  const fields: readonly FieldProps[] = [
    {
      name: "amount",
      label: words.amount,
      type: "number",
      hint: words.amountHint,
      ...value(known?.amount.toString()),
    },
    {
      name: "unit",
      label: words.unit,
      options: (["days", "months", "years", "hours"] as const).map(
        (each) => [each, words.units[each]] as const,
      ),
      value: known?.unit ?? "months",
    },
  ];
  return fields;
}

export function basisField(
  words: ContractsTexts,
  {
    name,
    label,
    known,
  }: { readonly name: string; readonly label: string; readonly known: string | undefined },
): FieldProps {
  const options = Object.entries(words.bases).map(([basis, says]) => [basis, says] as const);
  return { name, label, options: [[nothing[0], words.notStated], ...options], ...value(known) };
}
