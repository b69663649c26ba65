/**
 * What a copy says beside the data (GDPR art. 15(1)(a) to (h) and 15(2)), taken from the agreement in force and the register
 * of contracts: purposes, categories, recipients, periods, rights, complaint, source, automated decisions, transfers. What
 * neither holds is `null`, which a page says as "not known". Each statement names its clause.
 * @clause D10.1a, D4.3, D6.1a
 */
import { retentionRules } from "@preau/agreement";
import { sayDuration } from "@preau/calendar";
import { clauseTitles, documentTexts, sayCountry } from "@preau/documents";
import type { Language } from "@preau/kernel";
import { type AccessContext, type PersonOfContact, rightIds } from "./access-context-form.ts";
import type { Copy } from "./copy-read.ts";
import { type CopyRegister, dataRowsOf, legalBasesOf, productsOf } from "./copy-register.ts";
import { copyTexts } from "./copy-texts.ts";

const RIGHTS = "D10.1a";

/** @clause D10.1a */
export function accessContext(copy: Copy): AccessContext {
  const { register, request } = copy;
  const { agreement, hash, controller, contracts, roles, at } = register;
  const { language } = request;
  const { processor, clause } = agreement.annexA;
  // Another publisher's text may number its clauses otherwise; then the Regulation's article stands alone.
  const rights = clauseTitles(agreement, language).has(RIGHTS) ? RIGHTS : null;
  return {
    kind: request.kind,
    language,
    madeAt: at,
    requestedBy: request.requestedBy,
    agreement: { id: agreement.id, title: agreement[language], hash },
    controller: {
      id: request.controller,
      name: controller?.name ?? null,
      seat: controller?.seat ?? null,
      siret: controller?.siret ?? null,
      uai: controller?.uai ?? null,
      officers: officersOf(register, "dpo"),
      contacts: officersOf(register, "contact"),
      clause,
    },
    processor: {
      name: processor.name,
      seat: processor.seat,
      officer: {
        name: processor.officer.name,
        email: processor.officer.email,
        telephone: null,
        address: processor.officer.address,
      },
      clause,
    },
    contractKnown: contracts.length > 0,
    roles: roles.map((id) => wordOf(agreement.roles, id, language)),
    purposes: purposesOf(copy),
    categories: categoriesOf(copy),
    recipients: recipientsOf(register, language),
    retention: retentionOf(register, language),
    rights: rightIds.map((id) => ({ id, clause: rights })),
    deadlines: deadlinesOf(register, language),
    complaint: { authority: "CNIL", clause: rights },
    source: sourcesOf(register),
    automatedDecisions:
      agreement.nature === undefined
        ? null
        : {
            operations: agreement.nature.operations.map((each) => documentTexts[language].natures[each]),
            clause: agreement.nature.clause,
          },
    transfers: transfersOf(register, language),
  };
}

function officersOf({ officers }: CopyRegister, wanted: "dpo" | "contact"): readonly PersonOfContact[] {
  return officers
    .filter(({ role }) => role === wanted)
    .map(({ name, email, telephone, address }) => ({
      name,
      email: email ?? null,
      telephone: telephone ?? null,
      address: address ?? null,
    }));
}

/** Those of the data first, in the words of its stores; then what else the agreement lets the products do. */
function purposesOf({ register, gathered, request: { language } }: Copy): AccessContext["purposes"] {
  const { agreement } = register;
  const products = productsOf(register);
  const found = gathered.stores.flatMap(({ tables }) => tables.flatMap(({ purposes }) => [...purposes]));
  const agreed = products.flatMap(({ purposes }) => purposes);
  return [...new Set([...found, ...gathered.leftOut.keys(), ...agreed])].map((id) => {
    const within = products.filter(({ purposes }) => purposes.includes(id));
    return {
      id,
      title: purposeTitle(register, id, language),
      legalBases: legalBasesOf(register, id).map((basis) => ({
        id: basis,
        title: documentTexts[language].bases[basis],
      })),
      legalBasisClause: agreement.legalBasis?.clause ?? null,
      products: within.map((product) => product[language]),
      clauses: within.map(({ clause }) => clause),
      named: agreement.purposes.some((each) => each.id === id),
    };
  });
}

function purposeTitle({ agreement }: CopyRegister, id: string, language: Language): string {
  return (
    agreement.purposes.find((each) => each.id === id)?.[language] ??
    copyTexts[language].storePurposes[id] ??
    id
  );
}

/** What annex B does not name is shown as such, not left out: hiding it would hide a breach. */
function categoriesOf({ register, gathered, request: { language } }: Copy): AccessContext["categories"] {
  const rows = dataRowsOf(register);
  const counts = new Map<string, { title: string; rows: number }>();
  for (const { words, tables } of gathered.stores) {
    for (const [category, count] of tables.flatMap(({ categories }) => [...categories])) {
      const title =
        words?.categories[category]?.[language] ??
        copyTexts[language].storeCategories[category] ??
        wordOf(register.agreement.categories, category, language);
      const before = counts.get(category);
      counts.set(category, { title: before?.title ?? title, rows: (before?.rows ?? 0) + count });
    }
  }
  return [...counts].map(([id, { title, rows: count }]) => {
    const clauses = rows.filter(({ categories }) => categories.some((each) => each.id === id));
    return {
      id,
      title,
      rows: count,
      named: clauses.length > 0,
      clauses: [...new Set(clauses.map(({ clause }) => clause))],
    };
  });
}

function recipientsOf(register: CopyRegister, language: Language): AccessContext["recipients"] {
  const { agreement, origins } = register;
  const { operationWords } = documentTexts[language];
  const said = (each: {
    operations: readonly (keyof typeof operationWords)[];
    purposes?: readonly string[] | undefined;
  }) => ({
    operations: each.operations.map((operation) => operationWords[operation]),
    purposes:
      each.purposes?.filter((id) => agreed.has(id)).map((id) => purposeTitle(register, id, language)) ?? null,
  });
  const agreed = new Set(productsOf(register).flatMap(({ purposes }) => purposes));
  const serves = ({ purposes }: { readonly purposes?: readonly string[] | undefined }) =>
    purposes?.some((id) => agreed.has(id)) ?? true;
  const byGarAlone = origins.length > 0 && origins.every((origin) => origin === "gar");
  return [
    ...agreement.recipients.filter(serves).map((each) => ({
      kind: "recipient" as const,
      id: each.id,
      title: each[language],
      company: null,
      clause: each.clause,
      ...said(each),
    })),
    ...agreement.annexC
      .filter((each) => serves(each) && !(byGarAlone && each.origins === "outsideGarOnly"))
      .map((each) => ({
        kind: "subprocessor" as const,
        id: each.recipient,
        title: each[language],
        company: each.name,
        clause: each.clause,
        ...said(each),
      })),
  ];
}

/** Rules about live data, backups and the activity log that concern this person's role and products. */
function retentionOf(register: CopyRegister, language: Language): AccessContext["retention"] {
  const { agreement, periods, roles } = register;
  const texts = documentTexts[language];
  const products = new Set(productsOf(register).map(({ id }) => id));
  return retentionRules(agreement)
    .filter(({ store }) => store === "live" || store === "backups" || store === "activityLog")
    .filter((rule) => rule.products?.some((id) => products.has(id)) ?? true)
    .filter((rule) => roles.length === 0 || (rule.roles?.some((id) => roles.includes(id)) ?? true))
    .map((rule) => {
      const own = periods
        .filter((each) => each.rule === rule.id)
        .map((each) => sayDuration(each.duration, language));
      return {
        id: rule.id,
        kept:
          rule.generation === undefined
            ? texts.stores[rule.store]
            : `${texts.stores[rule.store]} (${texts.generations[rule.generation]})`,
        categories: rule.categories?.map((id) => wordOf(agreement.categories, id, language)) ?? null,
        period: sayDuration(rule.after, language),
        ceiling: rule.ceiling,
        ownPeriods: [...new Set(own)],
        from: rule.anchor === undefined ? null : texts.anchors[rule.anchor],
        then: texts.thens[rule.then],
        clause: rule.clause,
      };
    });
}

/** How soon a request is passed on, and answered. */
function deadlinesOf({ agreement }: CopyRegister, language: Language): AccessContext["deadlines"] {
  const from = agreement.periods.filter((each) => each.from === "requestReceived");
  const said = (binds: "processor" | "controller") => {
    const found = from.find((each) => each.binds === binds);
    return found === undefined
      ? null
      : { period: sayDuration(found.duration, language), clause: found.clause };
  };
  return { forwarded: said("processor"), answered: said("controller") };
}

function sourcesOf(register: CopyRegister): AccessContext["source"] {
  const rows = dataRowsOf(register);
  return register.origins.map((origin) => ({
    origin,
    clauses: [...new Set(rows.filter((row) => row.origin === origin).map(({ clause }) => clause))],
  }));
}

function transfersOf({ agreement }: CopyRegister, language: Language): AccessContext["transfers"] {
  const made = agreement.annexC.flatMap(({ name, clause, transfers }) =>
    transfers === "none"
      ? []
      : [
          {
            company: name,
            country: sayCountry(transfers.country, language),
            mechanism: documentTexts[language].mechanisms[transfers.mechanism],
            clause,
          },
        ],
  );
  const { transfers } = agreement;
  return {
    today: transfers === undefined ? null : { some: transfers.today === "some", clause: transfers.clause },
    made,
  };
}

interface Term {
  readonly id: string;
  readonly fr: string;
  readonly en: string;
}

function wordOf(terms: readonly Term[], id: string, language: Language): string {
  return terms.find((each) => each.id === id)?.[language] ?? id;
}
