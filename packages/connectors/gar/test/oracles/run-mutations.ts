/**
 * Posts mutated documents to the connector. Whatever it accepts, every oracle must accept with the same identity, and the
 * signed part must be that of the honest document.
 */
import { createPublicKey } from "node:crypto";
import { millisOf } from "@preau/kernel";
import { seededChance } from "@preau/testing";
import { type Begun, posted, signInHonestly, type Target } from "../attacks/target.ts";
import { encryptElement } from "../encryption-documents.ts";
import {
  assertionXml,
  base64,
  type Fields,
  ido,
  makeKey,
  responseXml,
  signedResponse,
  signXml,
  teacher,
} from "../identity-provider.ts";
import { makeMutator, mutate } from "./mutate.ts";
import { type Oracle, oneSpelling, type Parties, type Reading, sortedAttributes } from "./reading.ts";
import { elementsIn, readTree, type TreeElement } from "./xml-tree.ts";

export interface MutationOptions {
  readonly seed: number;
  readonly documents: number;
  readonly target: Target;
  readonly parties: Parties;
  readonly oracles: readonly Oracle[];
  /** A service provider that checks less: of the first so many that the connector refuses, it must accept some. */
  readonly weakened: { readonly oracle: Oracle; readonly documents: number };
}

export interface MutationOutcome {
  readonly seed: number;
  readonly documents: number;
  readonly refused: number;
  /** Mutated, and accepted: the same document in another spelling, or in another envelope that nobody signed. */
  readonly acceptedMutants: number;
  readonly acceptedControls: number;
  /** By reason. */
  readonly refusals: Readonly<Record<string, number>>;
  /** Whom a reader without verification would have taken for another. */
  readonly wouldFoolACredulousReader: number;
  readonly weakenedTried: number;
  readonly weakenedAccepted: number;
}

/** Mutants that are posted while one request is pending. None of them may use it up, unless it is accepted. */
const OF_A_REQUEST = 25;
const stranger = makeKey("Stranger");
const persons = ["eve", "bob", "zoe"].map((name) => ({
  attributes: { ...teacher, IDO: [ido(name)], NOM: [name.toUpperCase()] },
}));
const admin = { ...teacher, IDO: [ido("admin")], NOM: ["ADMIN"] };

interface Round {
  readonly begun: Begun;
  readonly fields: Fields;
  readonly honest: string;
  readonly subject: string;
}

export async function runMutations(options: MutationOptions): Promise<MutationOutcome> {
  const { seed, documents, target, weakened } = options;
  const chance = seededChance(seed);
  const subjects = await subjectsOf(target);
  const foreign = elementsOfOthers((await target.begin(1)).fields);
  const count = { refused: 0, acceptedMutants: 0, acceptedControls: 0 };
  const refusals = new Map<string, number>();
  let [fooled, weakenedTried, weakenedAccepted] = [0, 0, 0];

  const beginRound = async (): Promise<Round> => {
    const begun = await target.begin(OF_A_REQUEST + 1);
    const which = Math.floor(chance() * persons.length);
    const fields = { ...begun.fields, ...persons[which], nameId: `_name-${begun.fields.assertionId}` };
    const assertion = signXml(assertionXml(fields));
    const ours = createPublicKey(options.parties.ownCertificate);
    const response = responseXml(fields, chance() < 0.7 ? assertion : encryptElement(assertion, ours));
    const honest = chance() < 0.5 ? response : signXml(response, { element: "Response" });
    return { begun, fields, honest, subject: subjects[which] ?? "" };
  };

  for (let done = 0; done < documents; ) {
    const round = await beginRound();
    const mutator = makeMutator(chance, foreign, wordsFor(round.fields));
    let pending = true;
    for (let n = 0; n < OF_A_REQUEST && pending && done < documents; n += 1, done += 1) {
      const document = mutate(round.honest, mutator);
      const { signedInAs, reason = "none", status } = await round.begun.send(posted(document));
      if (fools(document, round.fields)) fooled += 1;
      if (signedInAs === undefined) {
        if (status < 400 || status >= 500) fail(options, document, `it answers ${status}`);
        count.refused += 1;
        refusals.set(reason, (refusals.get(reason) ?? 0) + 1);
        if (weakenedTried < weakened.documents) {
          weakenedTried += 1;
          if ((await weakened.oracle.read(asked(document, round, target))) !== undefined)
            weakenedAccepted += 1;
        }
        continue;
      }
      pending = false;
      count.acceptedMutants += 1;
      await compare(options, round, document, signedInAs);
    }
    if (!pending) continue;
    const { signedInAs } = await round.begun.send(posted(round.honest));
    if (signedInAs === undefined) fail(options, round.honest, "the honest document is refused after these");
    count.acceptedControls += 1;
    await compare(options, round, round.honest, signedInAs);
  }
  return {
    ...{ seed, documents, ...count },
    refusals: Object.fromEntries([...refusals].sort(([, a], [, b]) => b - a)),
    ...{ wouldFoolACredulousReader: fooled, weakenedTried, weakenedAccepted },
  };
}

/** Subjects of the persons, by an honest sign-in each. */
async function subjectsOf(target: Target): Promise<readonly string[]> {
  const subjects: string[] = [];
  for (const person of persons) {
    const begun = await target.begin(1);
    const subject = await signInHonestly({ ...begun, fields: { ...begun.fields, ...person } });
    if (subject === undefined) throw new Error("an honest sign-in was refused");
    subjects.push(subject);
  }
  return subjects;
}

/** Elements of whatever an attacker could have got hold of: another answer, forgeries, a signed error. */
function elementsOfOthers(fields: Fields): readonly TreeElement[] {
  const forged = { ...fields, assertionId: "_forged", attributes: admin };
  const failed = { ...fields, status: "urn:oasis:names:tc:SAML:2.0:status:Responder" };
  const documents = [
    signXml(signedResponse(fields), { element: "Response" }),
    responseXml(forged, assertionXml(forged)),
    signedResponse(forged, { key: stranger }),
    signXml(responseXml(failed), { element: "Response" }),
  ];
  return documents.flatMap((xml) => elementsIn(readTree(xml)));
}

/** Texts and values that an attacker would like to see. */
function wordsFor({ assertionId, id, issuer, audience = "", recipient = "", inResponseTo = "" }: Fields) {
  return [
    ...[ido("admin"), "ADMIN", "National_ens", "", "2.0", "1.1", "_forged", "IDO", "PRO"],
    ...[assertionId, id, `#${assertionId}`, `#${id}`, "#", issuer, audience, recipient, inResponseTo],
    ...["https://evil.example/", "2099-01-01T00:00:00Z", "urn:oasis:names:tc:SAML:2.0:status:Success"],
    ...["urn:oasis:names:tc:SAML:2.0:cm:sender-vouches", "http://www.w3.org/2000/09/xmldsig#hmac-sha1"],
  ];
}

/** Would a reader who looks for the identifier and for nothing else take the document for somebody else's? */
function fools(document: string, { attributes }: Fields): boolean {
  const read = /Name="IDO"[^>]*>\s*<saml:AttributeValue>([^<]*)</.exec(document)?.[1];
  return read !== undefined && read !== attributes["IDO"]?.[0];
}

function asked(document: string, { fields }: Round, { clock }: Target) {
  return {
    document: base64(document),
    requestId: fields.inResponseTo ?? "",
    now: millisOf(clock.now()),
  };
}

/** @throws when the connector or an oracle reads something else than the provider wrote */
async function compare(options: MutationOptions, round: Round, document: string, signedInAs: string) {
  const { fields, subject, begun } = round;
  if (signedInAs !== subject) fail(options, document, "it signs in another");
  const session = await options.target.world().sessions.find(begun.cookie());
  const { PRE = [], NOM = [] } = fields.attributes;
  if (session?.sealed["displayName"] !== [...PRE, ...NOM].join(" ")) fail(options, document, "another name");
  const written = JSON.stringify({
    nameId: fields.nameId,
    attributes: sortedAttributes(Object.entries(fields.attributes)),
    signedPart: oneSpelling(assertionXml(fields)),
  } satisfies Reading);
  for (const { name, read } of options.oracles) {
    const reading = await read(asked(document, round, options.target));
    if (reading === undefined) fail(options, document, `${name} refuses what we accept`);
    if (JSON.stringify(reading) !== written) fail(options, document, `${name} reads something else`);
  }
}

function fail({ seed }: MutationOptions, document: string, what: string): never {
  throw new Error(`${what} (seed ${seed}): ${base64(document)}`);
}
