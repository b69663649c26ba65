/** A store in memory with words, references, files and others taken out: what a full store may hand out. */
import {
  type AccountFacts,
  inMemoryPersonalDataSource,
  inMemoryStore,
  type PersonalRecord,
  type RecordWords,
  type RegisteredSource,
} from "@preau/kernel";

export const PUPIL = {
  subject: "sub_pupil",
  identifiers: [{ kind: "notebook.person", value: "7" }],
} as const;

export const notebookWords: RecordWords = {
  categories: {
    name: { fr: "Nom et prénom", en: "Last and first name" },
    productionsResults: { fr: "Travaux et résultats", en: "Work and results" },
    messages: { fr: "Messages", en: "Messages" },
    connectionAndUsage: { fr: "Connexions", en: "Sign-ins" },
  },
  tables: {
    person: {
      title: { fr: "Votre compte", en: "Your account" },
      columns: {
        given: { title: { fr: "Prénom", en: "First name" } },
        family: { title: { fr: "Nom", en: "Last name" } },
        born: { title: { fr: "Date de naissance", en: "Birth date" }, form: "isoMoment" },
        active: { title: { fr: "Compte ouvert", en: "Account open" }, form: "yesNo" },
      },
    },
    work: {
      title: { fr: "Devoirs rendus", en: "Work handed in" },
      columns: {
        at: { title: { fr: "Rendu le", en: "Handed in on" }, form: "unixSeconds" },
        course: { title: { fr: "Cours", en: "Course" } },
        mark: { title: { fr: "Note", en: "Mark" }, form: "number" },
        took: { title: { fr: "Temps passé", en: "Time spent" }, form: "duration" },
        state: {
          title: { fr: "État", en: "State" },
          choices: { done: { fr: "rendu", en: "handed in" }, late: { fr: "en retard", en: "late" } },
        },
        text: { title: { fr: "Texte", en: "Text" }, form: "html" },
        corrector: { title: { fr: "Corrigé par", en: "Marked by" } },
        words: { title: { fr: "Mots", en: "Words" }, form: "number" },
      },
    },
    message: {
      title: { fr: "Messages envoyés", en: "Messages sent" },
      columns: {
        sent: { title: { fr: "Envoyé le", en: "Sent on" }, form: "isoMoment" },
        body: { title: { fr: "Message", en: "Message" }, form: "text" },
      },
    },
    visit: {
      title: { fr: "Connexions", en: "Sign-ins" },
      columns: {
        at: { title: { fr: "Le", en: "On" }, form: "unixSeconds" },
        address: { title: { fr: "Adresse", en: "Address" } },
      },
    },
  },
};

export async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

export const person: PersonalRecord = {
  where: "person",
  category: "name",
  purpose: "runPlatform",
  row: { id: 7, given: "Zoé-Loïse", family: "Brumeux d’Œuvre", born: "2013-04-01", active: 1, pwhash: "x9" },
};

export function work(id: number, more: Partial<PersonalRecord> = {}): PersonalRecord {
  return {
    where: "work",
    category: "productionsResults",
    purpose: "runPlatform",
    row: {
      ...{ id, at: 1_760_000_000 + id * 86_400, course: 3, mark: "12.50000", took: 3900 + id, words: 1234 },
      ...{
        state: id % 3 === 0 ? "late" : "done",
        text: `<p>Devoir n°&nbsp;${id}&nbsp;: l’été à la mer.</p>`,
        corrector: null,
      },
    },
    names: { course: "Mathématiques 6e A" },
    withheld: ["corrector"],
    ...more,
  };
}

export interface NotebookOptions {
  readonly records?: readonly PersonalRecord[] | (() => Iterable<PersonalRecord>);
  readonly facts?: Pick<AccountFacts, "role" | "origin">;
  readonly words?: RecordWords | undefined;
  readonly fails?: Error;
}

/** It holds these records about the pupil, and nothing about anybody else. */
export function notebook(options: NotebookOptions = {}): RegisteredSource {
  const { records = [person, work(1)], facts, fails } = options;
  const words = "words" in options ? options.words : notebookWords;
  const rest = inMemoryPersonalDataSource({
    store: inMemoryStore([]),
    id: "notebook",
    kind: "notebook.person",
  });
  return {
    source: {
      ...rest,
      describe: () => ({
        ...rest.describe(),
        title: { fr: "Le carnet", en: "The notebook" },
        notCovered: [{ what: "les caches", why: "ils s’effacent seuls" }],
      }),
      collect: async function* ({ subject, others, signal }) {
        if (!subject.identifiers.some(({ value }) => value === "7")) return;
        if (others !== "withhold") yield work(0, { names: { corrector: "Rodolphe Tilleul" } });
        for (const each of typeof records === "function" ? records() : records) {
          signal?.throwIfAborted();
          yield each;
        }
        if (fails !== undefined) throw fails;
      },
    },
    second: { lookAgain: () => Promise.reject(new Error("no second look here")) },
    ...(words === undefined
      ? {}
      : {
          exports: {
            words,
            projectKinds: [],
            projects: async () => [],
            collectProject: async function* () {},
            restitution: async () => undefined,
            rows: async function* () {},
          },
        }),
    ...(facts === undefined
      ? {}
      : {
          lifecycle: {
            accounts: async () => ({ accounts: [] }),
            factsOf: async (_controller, identifiers) =>
              identifiers.map((identifier) => ({ identifier, ...facts })),
          },
        }),
  };
}
