/** The edits of the register, one line of behaviour each: which fields they ask, which verb they are. */
import { localDate, parseDuration } from "@preau/calendar";
import {
  appointOfficer,
  attest,
  type ContractId,
  changeContract,
  changeController,
  changeOfficer,
  type Edit,
  type EndChoice,
  endContract,
  type Issue,
  legalBases,
  type OfficerId,
  openContract,
  purposesOf,
  type Read,
  readContractValues,
  readControllerValues,
  readOfficerValues,
  removeOfficer,
  renewContract,
  revertInstruction,
  setOwnPeriod,
  settleLegalBases,
  withdrawAttestation,
} from "@preau/contracts";
import type { ActorRole, EntryId, Language, Ports, Unit } from "@preau/kernel";
import type { FieldProps } from "@preau/web";
import { staff, staffAndOwn } from "./contract-access.ts";
import {
  basisField,
  contractFields,
  controllerFields,
  endChoiceField,
  officerFields,
  periodFields,
  productsIn,
} from "./contract-fields.ts";
import { type ControllerView, contractIn } from "./controller-view.ts";
import { fault } from "./errors.ts";
import type { ContractsTexts } from "./locales/contracts-fr.ts";

export interface Asking {
  readonly words: ContractsTexts;
  readonly language: Language;
  readonly view: ControllerView;
  readonly params: Readonly<Record<string, string>>;
}

interface Doing extends Asking {
  readonly unit: Unit;
  readonly ports: Ports;
  readonly edit: Edit;
  readonly form: URLSearchParams;
}

export interface EditForm {
  /** After `/controllers/:controller`. */
  readonly path: string;
  readonly who: readonly ActorRole[];
  readonly clause: string;
  readonly title: (words: ContractsTexts) => string;
  readonly lead?: (words: ContractsTexts) => string;
  /** Shown before it is written: what held, and what would. */
  readonly preview?: true;
  /** Cannot be undone. */
  readonly danger?: true;
  readonly fields: (asking: Asking) => readonly FieldProps[];
  readonly apply: (doing: Doing) => Promise<unknown>;
}

/** What was written in a form cannot be used: every field at once. */
export class FormRefused extends Error {
  readonly issues: readonly Issue[];
  constructor(issues: readonly Issue[]) {
    super("form refused");
    this.issues = issues;
  }
}

function good<T>(read: Read<T>): T {
  if (read.issues !== undefined) throw new FormRefused(read.issues);
  return read.values;
}

const writtenIn = (form: URLSearchParams) => ({ ...Object.fromEntries(form), products: productsIn(form) });
const contractOf = ({ view, params }: Asking) => contractIn(view, params["contract"]);
const officerOf = ({ view, params }: Asking) => {
  const found = view.officers.find(({ id }) => id === params["officer"]);
  if (found === undefined) throw fault("HUB_CONTROLLER_UNKNOWN");
  return found;
};
const contractIdOf = (asking: Asking): ContractId => contractOf(asking).id;

function dayIn(form: URLSearchParams, field: string) {
  const text = form.get(field) ?? "";
  if (text === "") throw new FormRefused([{ code: "CONTRACT_VALUE_MISSING", field }]);
  try {
    return localDate(text);
  } catch {
    throw new FormRefused([{ code: "CONTRACT_VALUE_BAD", field }]);
  }
}

export const editForms: readonly EditForm[] = [
  {
    path: "/edit",
    who: staff,
    clause: "D4.3",
    title: (words) => words.editController,
    preview: true,
    fields: ({ words, language, view }) => controllerFields(words, language, view.controller),
    apply: ({ unit, ports, edit, form }) =>
      changeController(unit, ports, edit, good(readControllerValues(writtenIn(form)))),
  },
  {
    path: "/officers/new",
    who: staffAndOwn,
    clause: "D4.3",
    title: (words) => words.appoint,
    fields: ({ words }) => officerFields(words),
    apply: ({ unit, ports, edit, form }) =>
      appointOfficer(unit, ports, edit, good(readOfficerValues(writtenIn(form)))),
  },
  {
    path: "/officers/:officer/edit",
    who: staffAndOwn,
    clause: "D4.3",
    title: (words) => words.editOfficer,
    fields: (asking) => officerFields(asking.words, officerOf(asking)),
    apply: ({ unit, ports, edit, form, params }) => {
      const values = good(readOfficerValues(writtenIn(form)));
      return changeOfficer(unit, ports, edit, { officer: params["officer"] as OfficerId, values });
    },
  },
  {
    path: "/officers/:officer/removal",
    who: staffAndOwn,
    clause: "D4.3",
    title: (words) => words.removeOfficer,
    lead: (words) => words.removeLead,
    danger: true,
    fields: (asking) => (officerOf(asking), []),
    apply: ({ unit, ports, edit, params }) =>
      removeOfficer(unit, ports, edit, params["officer"] as OfficerId),
  },
  {
    path: "/contracts/new",
    who: staff,
    clause: "D1",
    title: (words) => words.open,
    fields: ({ words, language, view }) => contractFields(words, language, view.agreement),
    apply: ({ unit, ports, edit, form, view }) =>
      openContract(unit, ports, edit, good(readContractValues(writtenIn(form), view.agreement))),
  },
  {
    path: "/contracts/:contract/edit",
    who: staff,
    clause: "D3",
    title: (words) => words.editContract,
    preview: true,
    fields: (asking) =>
      contractFields(asking.words, asking.language, asking.view.agreement, contractOf(asking)),
    apply: ({ unit, ports, edit, form, view, ...asking }) =>
      changeContract(unit, ports, edit, {
        contract: contractIdOf({ ...asking, view }),
        values: good(readContractValues(writtenIn(form), view.agreement)),
      }),
  },
  {
    path: "/contracts/:contract/renewal",
    who: staff,
    clause: "D3",
    title: (words) => words.renewContract,
    preview: true,
    fields: (asking) => [
      {
        name: "endsOn",
        label: asking.words.endsOn,
        type: "date",
        required: true,
        value: contractOf(asking).endsOn ?? "",
      },
    ],
    apply: (doing) =>
      renewContract(doing.unit, doing.ports, doing.edit, {
        contract: contractIdOf(doing),
        endsOn: dayIn(doing.form, "endsOn"),
      }),
  },
  {
    path: "/contracts/:contract/end",
    who: staff,
    clause: "D3",
    title: (words) => words.endContract,
    lead: (words) => words.endLead,
    preview: true,
    fields: (asking) => {
      const { words, view } = asking;
      const { endsOn = "", atEnd } = contractOf(asking);
      return [
        { name: "endsOn", label: words.endsOn, type: "date", required: true, value: endsOn },
        endChoiceField(words, view.agreement, atEnd),
      ];
    },
    apply: (doing) => {
      const atEnd = doing.form.get("atEnd") ?? "";
      return endContract(doing.unit, doing.ports, doing.edit, {
        contract: contractIdOf(doing),
        endsOn: dayIn(doing.form, "endsOn"),
        atEnd: atEnd === "" ? undefined : (atEnd as EndChoice),
      });
    },
  },
  {
    path: "/contracts/:contract/periods/:rule",
    who: staffAndOwn,
    clause: "D5",
    title: (words) => words.setPeriod,
    preview: true,
    fields: (asking) => {
      const { id } = contractOf(asking);
      const own = asking.view.periods.find(
        (each) => each.contract === id && each.rule === asking.params["rule"],
      );
      return periodFields(asking.words, own?.duration);
    },
    apply: (doing) => {
      const { form, params } = doing;
      const amount = (form.get("amount") ?? "").trim();
      const duration = parseDuration(`${form.get("unit") ?? ""}(${amount})`);
      if (amount !== "" && duration === undefined)
        throw new FormRefused([{ code: "CONTRACT_VALUE_BAD", field: "amount" }]);
      const change = { contract: contractIdOf(doing), rule: params["rule"] ?? "", duration };
      return setOwnPeriod(doing.unit, doing.ports, doing.edit, change);
    },
  },
  {
    path: "/contracts/:contract/legal-bases",
    who: staffAndOwn,
    clause: "D6.1a",
    title: (words) => words.settle,
    preview: true,
    fields: (asking) => {
      const { view, words, language } = asking;
      const contract = contractOf(asking);
      const nameOf = (list: readonly { id: string; fr: string; en: string }[], id: string) =>
        list.find((each) => each.id === id)?.[language] ?? id;
      return purposesOf(view.agreement, contract).map(({ product, purpose }) =>
        basisField(words, {
          name: `${product}.${purpose}`,
          label: `${nameOf(view.agreement.purposes, purpose)} (${nameOf(view.agreement.products, product)})`,
          known: view.bases.find(
            (each) => each.contract === contract.id && each.product === product && each.purpose === purpose,
          )?.legalBasis,
        }),
      );
    },
    apply: (doing) => {
      const contract = contractOf(doing);
      const bases = purposesOf(doing.view.agreement, contract).map((each) => {
        const stated = doing.form.get(`${each.product}.${each.purpose}`);
        return { ...each, legalBasis: legalBases.find((basis) => basis === stated) };
      });
      return settleLegalBases(doing.unit, doing.ports, doing.edit, { contract: contract.id, bases });
    },
  },
  {
    path: "/contracts/:contract/attestation",
    who: staffAndOwn,
    clause: "D6.0",
    title: (words) => words.attest,
    lead: (words) => words.attestLead,
    fields: ({ view, language }) =>
      (view.agreement.attestation?.statements ?? []).map((statement) => ({
        name: `statement.${statement.id}`,
        label: statement[language],
        type: "checkbox" as const,
        value: statement.id,
      })),
    apply: (doing) => {
      const statements = [...doing.form].flatMap(([name, id]) => (name.startsWith("statement.") ? [id] : []));
      return attest(doing.unit, doing.ports, doing.edit, { contract: contractIdOf(doing), statements });
    },
  },
  {
    path: "/contracts/:contract/attestation/withdrawal",
    who: staffAndOwn,
    clause: "D6.0",
    title: (words) => words.withdraw,
    lead: (words) => words.withdrawLead,
    danger: true,
    fields: (asking) => (contractOf(asking), []),
    apply: (doing) => withdrawAttestation(doing.unit, doing.ports, doing.edit, contractIdOf(doing)),
  },
  {
    path: "/instructions/:entry/reversal",
    who: staff,
    clause: "D6.1c",
    title: (words) => words.revertTitle,
    lead: (words) => words.revertLead,
    preview: true,
    fields: () => [],
    apply: ({ unit, ports, edit, params }) =>
      revertInstruction(unit, ports, edit, params["entry"] as EntryId),
  },
];

/** Which version an edit is of: the contract's where the path names one, the controller's otherwise. */
export function versionOf({ view, params }: Asking): number {
  return params["contract"] === undefined
    ? view.controller.version
    : contractIn(view, params["contract"]).version;
}

/** Where an edit leads back to. */
export function placeOf({ view, params }: Asking): string {
  const controller = `/controllers/${view.controller.id}`;
  return params["contract"] === undefined ? controller : `${controller}/contracts/${params["contract"]}`;
}
