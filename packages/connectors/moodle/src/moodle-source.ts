/**
 * A Moodle site as a store of personal data, through its database and, where it can be reached, its file store. Both
 * faces are made here: the source that erases, and the second look that checks it.
 * @clause D10.1a, D12.2
 */
import {
  type DataMap,
  makeDataMapExports,
  makeDataMapLifecycle,
  makeDataMapLookAgain,
  makeDataMapSource,
  makeTraceMatcher,
  mappedReferences,
  recordWordsOf,
} from "@preau/data-map";
import type { Database } from "@preau/database";
import type {
  Clock,
  ControllerId,
  ErasurePlan,
  Ids,
  Lifecycle,
  LookAgain,
  NotCovered,
  PersonalDataSource,
  RegisteredSource,
  SubjectTarget,
} from "@preau/kernel";
import { administratorsOnly } from "./administrators-only.ts";
import { eraseFiles, type FilesContext, filesCount, orphanedBy, plannedContents } from "./erase-files.ts";
import { fault } from "./errors.ts";
import { FILEDIR, openFileStore } from "./file-store.ts";
import { lookAgainAtFiles } from "./look-again-files.ts";
import { moodleMap } from "./moodle-map.ts";
import { moodleWords } from "./moodle-words.ts";
import { compressedFiles, outsideTheDatabase } from "./not-covered.ts";
import { personFiles } from "./person-files.ts";
import { projectFiles } from "./project-files.ts";
import { moodleRestitution } from "./restitution.ts";
import { endSessions, keepWithinWindow } from "./store/account-access.ts";
import { readSiteSettings } from "./store/site-settings.ts";

export interface MoodleSourceOptions {
  readonly database: Database;
  /** The school that the site belongs to. */
  readonly controller: ControllerId;
  readonly clock: Clock;
  readonly ids?: Ids;
  /** The map that ships with this package when absent; `moodleMap(…)` extends it by what a site adds. */
  readonly map?: DataMap;
  /** `$CFG->prefix`; `mdl_` when absent. */
  readonly tablePrefix?: string;
  /** `$CFG->dataroot`. Without it content files are not covered. */
  readonly moodledata?: string;
  /** The `store` of receipts; `moodle` when absent. */
  readonly sourceId?: string;
  /** A person without an account there: `refuse` stops the plan, `plan` looks for what refers to it; `refuse` when absent. */
  readonly missing?: "refuse" | "plan";
  /** Rows a transaction; 1,000 when absent. */
  readonly batchRows?: number;
  /** Awaited after every transaction: a pause that lets Moodle answer. */
  readonly throttle?: () => Promise<void>;
}

/** The id of the map that has words. */
const SHIPPED = "moodle-4.5";

/** Makes the faces. Nothing is read before the first call. */
export function makeMoodleSource(options: MoodleSourceOptions): RegisteredSource {
  const { database, controller, moodledata } = options;
  const map = options.map ?? moodleMap();
  const prefix = options.tablePrefix ?? map.tablePrefix;
  // A map of somebody's own has words of its own, or none.
  const words = map.id === SHIPPED ? moodleWords(map) : undefined;
  const always = outsideTheDatabase(moodledata !== undefined);
  const rows = makeDataMapSource({
    database,
    map,
    controller,
    clock: options.clock,
    sourceId: options.sourceId ?? "moodle",
    tablePrefix: prefix,
    missing: options.missing ?? "refuse",
    notCovered: always,
    ...(words === undefined ? {} : { words }),
    ...(moodledata === undefined ? {} : { files: personFiles(moodledata) }),
    ...(options.ids === undefined ? {} : { ids: options.ids }),
    ...(options.batchRows === undefined ? {} : { batchRows: options.batchRows }),
    ...(options.throttle === undefined ? {} : { throttle: options.throttle }),
  });
  const files: FilesContext = { database, prefix, rows };

  const source: PersonalDataSource = {
    ...rows,

    plan: async (request) => {
      const site = await readSiteSettings(database, prefix);
      if (site.release === undefined) throw fault("MOODLE_NOT_FOUND", { place: `${prefix}config` });
      const special = new Set([site.guest, ...site.administrators]);
      const ids = request.subjects.flatMap(({ identifiers }) =>
        identifiers.filter(({ kind }) => kind === map.subject.kind),
      );
      if (ids.some(({ value }) => special.has(value)))
        throw fault("MOODLE_SITE_ACCOUNT", { place: `${prefix}config.siteadmins` });
      const plan = await rows.plan(request);
      const contents = await orphanedBy(files, plan);
      const there = moodledata === undefined ? [] : await (await openFileStore(moodledata)).present(contents);
      return {
        ...plan,
        tables: moodledata === undefined ? plan.tables : [...plan.tables, filesCount(there.length)],
        notCovered: [...plan.notCovered, ...whileRunning(site)],
        state: { ...(plan.state as Readonly<Record<string, never>>), contents: [...contents] },
      };
    },

    // Whoever is restricted is shown out as well; whoever is released while the site is closed waits with the others.
    restrict: async (of, target) => {
      const result = await rows.restrict(of, target);
      if (of === controller) await endSessions(database, prefix, usersIn(target));
      return result;
    },
    lift: async (of, target) => {
      const result = await rows.lift(of, target);
      if (of === controller)
        for (const user of usersIn(target)) await keepWithinWindow(database, prefix, user);
      return result;
    },

    erase: async function* (plan: ErasurePlan, run = {}) {
      yield* rows.erase(plan, run);
      if (moodledata !== undefined && plan.controller === controller) {
        yield* eraseFiles(files, plan, await openFileStore(moodledata));
      }
    },

    remaining: async (plan) => {
      const tables = await rows.remaining(plan);
      if (moodledata === undefined) return tables;
      const orphans = await orphanedBy(files, plan, plannedContents(plan));
      const there = await (await openFileStore(moodledata)).present(orphans);
      return tables.map((count) => (count.table === FILEDIR ? filesCount(there.length) : count));
    },
  };

  const { references, notReferences } = mappedReferences(map, prefix);
  const tables = makeDataMapLookAgain({
    database,
    controller,
    kind: map.subject.kind,
    person: { table: prefix + map.subject.table, key: map.subject.key },
    references,
    notReferences,
    ...(options.throttle === undefined ? {} : { throttle: options.throttle }),
  });
  const second: LookAgain = {
    lookAgain: async (of, traces, signal) => {
      const report = await tables.lookAgain(of, traces, signal);
      if (of !== controller || moodledata === undefined) return report;
      const matcher = makeTraceMatcher(
        traces.subjects.flatMap(({ texts }) => texts.map(({ value }) => value)),
      );
      const found = await lookAgainAtFiles(await openFileStore(moodledata), matcher, signal);
      return {
        ...report,
        files: found.files,
        hits: report.hits + found.hits,
        where: found.hits === 0 ? report.where : [...report.where, { place: FILEDIR, hits: found.hits }],
        notCovered: [...report.notCovered, ...compressedFiles(found.packed)],
      };
    },
  };
  const lifecycle: Lifecycle | undefined = makeDataMapLifecycle({
    database,
    map,
    controller,
    tablePrefix: prefix,
    ...(options.batchRows === undefined ? {} : { batchRows: options.batchRows }),
    ...(options.throttle === undefined ? {} : { throttle: options.throttle }),
  });
  const exports = makeDataMapExports({
    ...{ database, map, controller, tablePrefix: prefix },
    ...(words === undefined ? {} : { words: recordWordsOf(words, prefix) }),
    files: projectFiles({ database, prefix, moodledata }),
    restitution: () => moodleRestitution({ database, prefix, moodledata }),
  });
  return {
    source,
    second,
    exports,
    ...(lifecycle === undefined
      ? {}
      : { lifecycle: { ...lifecycle, access: administratorsOnly({ database, controller, prefix }) } }),
  };

  function usersIn({ identifiers }: SubjectTarget): readonly string[] {
    return identifiers.filter(({ kind }) => kind === map.subject.kind).map(({ value }) => value);
  }
}

function whileRunning({
  maintenance,
  globalSearch,
}: {
  maintenance: boolean;
  globalSearch: boolean;
}): readonly NotCovered[] {
  return [
    ...(maintenance
      ? []
      : [
          {
            what: "a site at work: its caches, and sessions kept outside the database",
            why: "maintenance mode is off, so Moodle may still hold the person in memory or write about them",
            remedy: "php admin/cli/maintenance.php --enable before, php admin/cli/purge_caches.php after",
          },
        ]),
    ...(globalSearch
      ? [
          {
            what: "the search engine's index",
            why: "global search is on; an engine outside the database keeps copies of texts",
            remedy: "reindex: php search/cli/indexer.php --force",
          },
        ]
      : []),
  ];
}
