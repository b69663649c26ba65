/**
 * Who of a controller's accounts must not be known at the desk, out of the stores' own dry runs: they tell by which words a person
 * would be found, for many persons at once, and write nothing. Whoever has gone from a store that answered goes here; a store that is
 * not there says nothing of anybody. @clause DC
 */
import type {
  Clock,
  ControllerId,
  Identifier,
  KnownPerson,
  PersonWord,
  RegisteredSource,
  SubjectId,
  UnitOfWork,
} from "@preau/kernel";
import type { KeyStore } from "@preau/keys";
import { accountOwner, isAccountOwner, type KnownOwner } from "./known-owner.ts";
import type { DatabaseKnownPersons } from "./known-persons.ts";
import { claimKnownWords, knownOwners, noteSurvey } from "./store/known-words.ts";

export interface SurveyPorts {
  readonly clock: Pick<Clock, "now">;
  readonly sources: ReadonlyMap<string, RegisteredSource>;
  readonly unitOfWork: UnitOfWork;
  readonly vault: Pick<KeyStore, "mac">;
  readonly known: DatabaseKnownPersons;
  /** Whom the desk may have. */
  readonly mayBeKnown: (person: Pick<KnownPerson, "controller" | "origin" | "role">) => boolean;
}

export interface Surveyed {
  readonly accounts: number;
  readonly walled: number;
  readonly newWords: number;
  readonly gone: number;
}

interface Account {
  readonly owner: KnownOwner;
  readonly identifier: Identifier;
  readonly origin: KnownPerson["origin"];
  readonly role: string;
}

const PAGE = 500;
/** Persons of one dry run: each reads everybody's identity columns once. */
const AT_ONCE = 2_000;
/** Persons of one unit: nobody waits for the whole survey. */
const NOTED_AT_ONCE = 50;

export async function surveyKnownPersons(
  ports: SurveyPorts,
  controller: ControllerId,
  signal?: AbortSignal,
): Promise<Surveyed> {
  let [accounts, walled, newWords] = [0, 0, 0];
  const seen = new Set<KnownOwner>();
  const answered = new Map<string, readonly KnownOwner[]>();
  for (const registered of storesOf(ports.sources, controller)) {
    const found = await accountsOf(ports, registered, controller, signal);
    accounts += found.length;
    const away = found.filter((account) => !ports.mayBeKnown({ controller, ...account }));
    walled += away.length;
    const owners = away.map(({ owner }) => owner);
    for (const owner of owners) seen.add(owner);
    // One that has nobody at all is being set up, or emptied by mistake: nobody is forgotten for it.
    if (found.length > 0) answered.set(registered.source.describe().id, owners);
    const note = (some: readonly Account[], others: readonly Account[] = []) =>
      noteAll(ports, registered, { controller, accounts: some, others, ...(signal && { signal }) });
    const unnamed: Account[] = [];
    const walledOwners = new Set(away.map(({ owner }) => owner));
    for (let at = 0; at < away.length; at += AT_ONCE) {
      const noted = await note(away.slice(at, at + AT_ONCE));
      newWords += noted.newWords;
      unnamed.push(...noted.unnamed);
    }
    // A dry run names nobody by what somebody outside it bears too: those are looked up together, and with whom the desk may have.
    if (unnamed.length > 0) {
      const allowed = found.filter((account) => !walledOwners.has(account.owner));
      newWords += (await note(unnamed, allowed)).newWords;
    }
  }
  const gone = await ports.unitOfWork.transaction(async (unit) => {
    let sum = 0;
    for (const [store, owners] of answered) {
      await claimKnownWords(unit, controller, { store, owners });
      const known = await knownOwners(unit, controller, store);
      const away = known.filter((owner) => isAccountOwner(owner) && !seen.has(owner));
      sum += await ports.known.forgetOwners(unit, controller, away);
    }
    await noteSurvey(unit, controller, ports.clock.now());
    return sum;
  });
  return { accounts, walled, newWords, gone };
}

/** Stores with accounts, of that controller. */
function storesOf(sources: SurveyPorts["sources"], controller: ControllerId): readonly RegisteredSource[] {
  return [...sources.values()].filter(({ source, lifecycle }) => {
    const whose = source.describe().controller;
    return lifecycle !== undefined && (whose === undefined || whose === controller);
  });
}

/** Whoever is not known to be outside the GAR, or in what role, is taken for somebody whom the desk must not have. */
async function accountsOf(
  { vault }: SurveyPorts,
  { lifecycle }: RegisteredSource,
  controller: ControllerId,
  signal: AbortSignal | undefined,
): Promise<readonly Account[]> {
  const found: Account[] = [];
  for (let after: string | undefined; lifecycle !== undefined; ) {
    signal?.throwIfAborted();
    const page = await lifecycle.accounts(controller, {
      limit: PAGE,
      ...(after === undefined ? {} : { after }),
    });
    for (const { identifier, origin = "gar", role = "" } of page.accounts)
      found.push({ owner: await accountOwner(vault, controller, identifier), identifier, origin, role });
    if (page.next === undefined) break;
    after = page.next;
  }
  return found;
}

interface Noting {
  readonly controller: ControllerId;
  readonly accounts: readonly Account[];
  /** Looked at beside them; no word of theirs is noted. */
  readonly others: readonly Account[];
  readonly signal?: AbortSignal;
}

async function noteAll(
  { known, unitOfWork }: SurveyPorts,
  { source }: RegisteredSource,
  { controller, accounts, others, signal }: Noting,
): Promise<{ readonly newWords: number; readonly unnamed: readonly Account[] }> {
  const byOwner = new Map<string, Account>(accounts.map((account) => [account.owner, account]));
  const { traces } = await source.plan({
    controller,
    // A dry run needs a name for each; nothing is kept of it.
    subjects: [...accounts, ...others].map(({ owner, identifier }) => ({
      subject: owner as SubjectId,
      identifiers: [identifier],
    })),
    ...{ ground: "retention", leaveUnknown: true },
    ...(signal === undefined ? {} : { signal }),
  });
  let fresh = 0;
  for (let at = 0; at < traces.subjects.length; at += NOTED_AT_ONCE) {
    signal?.throwIfAborted();
    const some = traces.subjects.slice(at, at + NOTED_AT_ONCE);
    fresh += await unitOfWork.transaction(async (unit) => {
      let added = 0;
      for (const { subject, texts } of some) {
        const account = byOwner.get(subject);
        if (account === undefined) continue;
        const { owner, origin, role } = account;
        const person = { controller, origin, role, words: texts.map(wordOf) };
        added += await known.noteAs(unit, owner, person, source.describe().id);
      }
      return added;
    });
  }
  const named = new Set(
    traces.subjects.flatMap(({ subject, texts }) =>
      texts.some(({ kind }) => kind === "name") ? [subject] : [],
    ),
  );
  return { newWords: fresh, unnamed: accounts.filter(({ owner }) => !named.has(owner as SubjectId)) };
}

/** The words that data maps have for their traces; what is another's is looked for as it is. */
function wordOf({ kind, value }: Identifier): PersonWord {
  if (kind === "name") return { kind: "fullName", value };
  if (kind === "email" || kind === "login" || kind === "telephone") return { kind, value };
  return { kind: value.includes("@") ? "email" : "number", value };
}
