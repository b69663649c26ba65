/** Lints over annex B: the persons, the purposes, and what comes through GAR. */
import type { Agreement } from "./agreement.ts";
import type { Finding, LintScope } from "./lint.ts";

/** A product of which annex B says nothing. @figure DB.n */
export function productWithoutRows({ agreement: { products, annexB } }: LintScope): readonly Finding[] {
  return products.flatMap(({ id, clause }, index): Finding[] =>
    annexB.some(({ product }) => product === id)
      ? []
      : [
          {
            at: ["products", index],
            clause,
            says: {
              en: `Annex B has no row for ${id}: nothing may be processed there.`,
              fr: `L’annexe B n’a pas de ligne pour ${id} : rien ne peut y être traité.`,
            },
            remedy: {
              en: "Add a row for every role, with its categories.",
              fr: "Ajoutez une ligne pour chaque rôle, avec ses catégories.",
            },
          },
        ],
  );
}

/** Purposes that the named nature of the processing does not reach. @figure DB.n */
export function natureLacksPurposeNeeds({ agreement }: LintScope): readonly Finding[] {
  const { nature, products, purposes, anonymisation } = agreement;
  if (nature === undefined) return [];
  const pursued = new Set(products.flatMap((product) => product.purposes));
  const needs: { readonly by: string; readonly need: string }[] = [
    ...purposes
      .filter(({ id }) => pursued.has(id))
      .flatMap((purpose) => (purpose.needs ?? []).map((need) => ({ by: purpose.id, need }))),
    ...(anonymisation?.default === "allowed" ? [{ by: anonymisation.clause, need: "anonymise" }] : []),
  ];
  return needs
    .filter(({ need }) => !nature.operations.some((operation) => operation === need))
    .map(({ by, need }) => ({
      at: ["nature", "operations"],
      clause: nature.clause,
      says: {
        en: `\`${by}\` needs to \`${need}\`, which the nature of the processing leaves out.`,
        fr: `\`${by}\` suppose \`${need}\`, que la nature du traitement omet.`,
      },
      remedy: {
        en: `Add ${need} to the nature, here and in the text, or give the purpose up.`,
        fr: `Ajoutez ${need} à la nature, ici et dans le texte, ou renoncez à la finalité.`,
      },
    }));
}

/** Persons whom the rows list and the heading forgets. @figure DB.n */
export function personsOmitted({ agreement: { products, annexB } }: LintScope): readonly Finding[] {
  return products.flatMap(({ id, clause, persons }, index): Finding[] => {
    if (persons === undefined) return [];
    const roles = new Set(annexB.filter(({ product }) => product === id).map(({ role }) => role));
    const omitted = [...roles].filter((role) => !persons.includes(role));
    if (omitted.length === 0) return [];
    return [
      {
        at: ["products", index, "persons"],
        clause,
        says: {
          en: `The persons concerned leave out: ${omitted.join(", ")}.`,
          fr: `Les personnes concernées omettent : ${omitted.join(", ")}.`,
        },
        remedy: {
          en: "Add them to `persons` and to the text.",
          fr: "Ajoutez-les à `persons` et au texte.",
        },
      },
    ];
  });
}

/** A role that comes through GAR with nothing listed. @figure DB.K.gar-pupil */
export function garRoleEmpty({ agreement }: LintScope): readonly Finding[] {
  return garRows(agreement)
    .filter(({ row }) => row.categories.length === 0)
    .map(({ row, index }) => ({
      at: ["annexB", index],
      clause: row.clause,
      says: {
        en: `Nothing is listed for ${row.role} through GAR: every sign-in of theirs is refused.`,
        fr: `Rien n’est prévu pour ${row.role} par le GAR : chacune de leurs connexions est refusée.`,
      },
      remedy: {
        en: "List the categories that the product needs of them, or accept the refusal, saying why.",
        fr: "Listez les catégories dont le produit a besoin, ou acceptez ce refus, en disant pourquoi.",
      },
    }));
}

/** A product open to GAR that says nothing at all of pupils. @figure DB.K.gar-pupil */
export function garPupilUndefined({ agreement }: LintScope): readonly Finding[] {
  return agreement.products.flatMap(({ id, clause }, index): Finding[] => {
    const roles = garRows(agreement)
      .filter(({ row }) => row.product === id)
      .map(({ row }) => row.role);
    if (roles.length === 0 || roles.includes("pupil")) return [];
    return [
      {
        at: ["products", index],
        clause,
        says: {
          en: `${id} is open to GAR, and no row says what it processes of a pupil there.`,
          fr: `${id} est ouvert au GAR, et aucune ligne ne dit ce qui y est traité d’un élève.`,
        },
        remedy: {
          en: "Add a row with `origin: gar` and `role: pupil`; an empty list refuses them, and says so.",
          fr: "Ajoutez une ligne avec `origin: gar` et `role: pupil` ; une liste vide les refuse, et le dit.",
        },
      },
    ];
  });
}

/** The pseudonymous identifier of GAR arrives at every sign-in, and no category carries it. @figure DB.K.gar-teacher */
export function garIdentifierUnlisted({ agreement }: LintScope): readonly Finding[] {
  const carriers = new Set(
    agreement.categories.filter(({ holds }) => holds?.includes("signInIdentifier")).map(({ id }) => id),
  );
  return garRows(agreement)
    .filter(({ row }) => row.categories.length > 0 && !row.categories.some(({ id }) => carriers.has(id)))
    .map(({ row, index }) => ({
      at: ["annexB", index, "categories"],
      clause: row.clause,
      says: {
        en: `GAR sends an identifier of ${row.role}, and no category of this row holds one.`,
        fr: `Le GAR transmet un identifiant de ${row.role}, et aucune catégorie de cette ligne n’en contient.`,
      },
      remedy: {
        en: "Add the category of sign-in identifiers, and give it `holds: [signInIdentifier]`.",
        fr: "Ajoutez la catégorie des identifiants de connexion, et donnez-lui `holds: [signInIdentifier]`.",
      },
    }));
}

/** A purpose granted through GAR whose only named recipient is closed to GAR. @figure DC, DB.K.gar-teacher */
export function supportClosedToGar({ agreement }: LintScope): readonly Finding[] {
  const { annexC, recipients } = agreement;
  const purposesOf = (named: readonly { readonly purposes?: readonly string[] | undefined }[]) =>
    new Set(named.flatMap(({ purposes }) => purposes ?? []));
  const closed = purposesOf(annexC.filter(({ origins }) => origins === "outsideGarOnly"));
  const open = purposesOf([...recipients, ...annexC.filter(({ origins }) => origins === "everyOrigin")]);
  const isShut = (purpose: string) => closed.has(purpose) && !open.has(purpose);
  return garRows(agreement).flatMap(({ row, index }): Finding[] => {
    const product = agreement.products.find(({ id }) => id === row.product);
    const whole = row.categories.filter(({ purposes }) => purposes === undefined).map(({ id }) => id);
    return [
      ...row.categories.flatMap(({ id, purposes }, place) =>
        (purposes ?? [])
          .filter(isShut)
          .map((purpose) =>
            shutToGar(row.clause, { at: ["annexB", index, "categories", place], what: id, purpose }),
          ),
      ),
      ...(whole.length === 0 ? [] : (row.purposes ?? product?.purposes ?? []))
        .filter(isShut)
        .map((purpose) => shutToGar(row.clause, { at: ["annexB", index], what: whole.join(", "), purpose })),
    ];
  });
}

interface Shut {
  readonly at: Finding["at"];
  /** The categories granted for the purpose. */
  readonly what: string;
  readonly purpose: string;
}

function shutToGar(clause: string, { at, what, purpose }: Shut): Finding {
  return {
    at,
    clause,
    says: {
      en: `\`${what}\` is granted through GAR for \`${purpose}\`, whose only named recipient is closed to GAR.`,
      fr: `\`${what}\` est accordé par le GAR pour \`${purpose}\`, dont le seul destinataire désigné est fermé au GAR.`,
    },
    remedy: {
      en: `Name a recipient with \`purposes: [${purpose}]\` that is open to GAR, or take the purpose away from what comes through GAR.`,
      fr: `Nommez un destinataire avec \`purposes: [${purpose}]\` qui soit ouvert au GAR, ou retirez cette finalité à ce qui vient par le GAR.`,
    },
  };
}

function garRows({ annexB }: Agreement) {
  return annexB.map((row, index) => ({ row, index })).filter(({ row }) => row.origin === "gar");
}
