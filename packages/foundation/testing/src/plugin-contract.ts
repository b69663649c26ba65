import {
  actorRoles,
  type Bilingual,
  emptyPlugin,
  type Plugin,
  type Ports,
  sortPlugins,
  type Who,
} from "@preau/kernel";
import { describe, expect, it } from "vitest";
import { inMemoryPorts } from "./in-memory-ports.ts";

export interface PluginContractOptions {
  /** Ports beyond the kernel's, which this plugin asks for. */
  readonly ports?: Partial<Ports>;
  /** Its part of `preau.yaml`; empty by default, since every field has a default. */
  readonly options?: unknown;
}

/** Ids of the list of clauses: `D8.3`, `D10.1a`, `DA`, `DB.n`, `DB.K.gar-teacher`, `DC`, `DD.12`, `S4`. */
const CLAUSE = /^(D\d{1,2}(\.\d[a-z]?)?|DA|DC|DB\.(n|[A-Z]\.[a-z][a-z-]*)|DD\.\d{1,2}|S\d{1,2})$/;

/** What every plugin owes: ids that say whose they are, sentences in both languages, a route table without holes. */
export function pluginContract<O>(plugin: Plugin<O>, given: PluginContractOptions = {}): void {
  const { id } = plugin;
  const ports = { ...inMemoryPorts(), ...given.ports };
  const options = () => plugin.options.parse(given.options ?? {});
  const routes = () => plugin.routes(ports, options());
  const isOwn = (name: string) => new RegExp(`^${id}\\.[a-z][A-Za-z0-9]*$`).test(name);

  describe(`plugin ${id}`, () => {
    it("bears its package's name", () => {
      expect(id).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
    });

    it("names clauses by the ids of the list, each once", () => {
      expect(plugin.clauses.filter((clause) => !CLAUSE.test(clause))).toEqual([]);
      expect(repeatsOf(plugin.clauses)).toEqual([]);
    });

    it("has a default for every option, and refuses a key that it does not know", () => {
      expect(() => plugin.options.parse({})).not.toThrow();
      if ((plugin.options as unknown) === emptyPlugin.options) return;
      expect(() => plugin.options.parse({ noSuchOption: true })).toThrow();
    });

    it("requires no port that it provides, and none twice", () => {
      expect(repeatsOf([...plugin.requires, ...plugin.provides])).toEqual([]);
    });

    it("fits alone into a list", () => {
      expect(sortPlugins([plugin as Plugin], plugin.requires)).toEqual([plugin]);
    });

    it("prefixes its tables and migrations, and numbers them upwards", () => {
      const { tablePrefix, migrations } = plugin;
      if (tablePrefix === undefined) {
        expect(migrations).toEqual([]);
        return;
      }
      expect(tablePrefix).toMatch(/^[a-z]{2,4}_$/);
      const names = migrations.map((migration) => migration.id);
      const form = new RegExp(`^${tablePrefix}\\d{3}_[a-z0-9_]+$`);
      expect(names.filter((name) => !form.test(name))).toEqual([]);
      expect(names).toEqual([...names].sort());
      expect(repeatsOf(names.map((name) => name.slice(0, tablePrefix.length + 3)))).toEqual([]);
    });

    it("has a table of errors: SCREAMING codes, statuses, sentences in both languages without a variable part", () => {
      for (const [code, entry] of Object.entries(plugin.errors)) {
        expect(code).toMatch(/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/);
        expect(entry.status, code).toBeGreaterThanOrEqual(400);
        expect(entry.status, code).toBeLessThanOrEqual(599);
        expect([1, 2, 3, 4], code).toContain(entry.exit);
        for (const text of [entry.says, ...(entry.remedy === undefined ? [] : [entry.remedy])]) {
          expectBothLanguages(text, code);
          expect(`${text.en}${text.fr}`, code).not.toMatch(/[{}]|%s/);
        }
      }
    });

    it("starts its journal events, jobs and messages with its own id", () => {
      const jobs = plugin.jobs(ports, options());
      const messages = plugin.messages.map((message) => message.name);
      for (const names of [plugin.journalEvents, messages, jobs.map((job) => job.name)]) {
        expect(names.filter((name) => !isOwn(name))).toEqual([]);
        expect(repeatsOf(names)).toEqual([]);
      }
      for (const job of jobs) expect(job.attempts ?? 1).toBeGreaterThanOrEqual(1);
    });

    it("says for every route who may call it, and gives each method and path once", () => {
      for (const { method, path, who, clause } of routes()) {
        expect(path, `${method} ${path}`).toMatch(/^\/[^?#\s]*$/);
        expect(isWho(who), `${method} ${path}`).toBe(true);
        if (clause !== undefined) expect(clause).toMatch(CLAUSE);
      }
      expect(repeatsOf(routes().map(({ method, path }) => `${method} ${path}`))).toEqual([]);
    });

    it("exempts from the CSRF token POST alone, and says why", () => {
      const exempt = routes().filter((route) => route.csrfExempt !== undefined);
      expect(exempt.filter((route) => route.method !== "post")).toEqual([]);
      for (const route of exempt) expect(route.csrfExempt?.length, route.path).toBeGreaterThan(10);
    });

    it("has a GET route behind every page, for the same persons, titled in both languages", () => {
      for (const { path, title, who } of plugin.pages) {
        expectBothLanguages(title, path);
        const route = routes().find((each) => each.method === "get" && each.path === path);
        expect(route?.who, path).toEqual(who);
      }
    });

    it("names its commands in words, with a summary in both languages", () => {
      for (const { name, summary } of plugin.commands) {
        expect(name).toMatch(/^[a-z][a-z-]*( [a-z][a-z-]*)*$/);
        expectBothLanguages(summary, name);
      }
      expect(repeatsOf(plugin.commands.map((command) => command.name))).toEqual([]);
    });

    it("puts a clause behind every gate check", () => {
      const checks = plugin.gateChecks(ports, options());
      for (const check of checks) expect(check.clause, check.id).toMatch(CLAUSE);
      expect(repeatsOf(checks.map((check) => check.id))).toEqual([]);
    });

    it("composes every message out of its example, in both languages, with a clause behind it", () => {
      for (const { name, clause, subject, compose, example } of plugin.messages) {
        expect(clause, name).toMatch(CLAUSE);
        expectBothLanguages(subject, name);
        for (const language of ["en", "fr"] as const) {
          expect(compose(example, language).length, name).toBeGreaterThan(0);
          expect(JSON.stringify(compose(example, language)), name).not.toMatch(/undefined|NaN|\[object/);
        }
      }
    });

    it("describes its stores of personal data: title, categories, documented delay", () => {
      const sources = plugin.personalData(ports, options()).map(({ source }) => source.describe());
      for (const { id: store, title, categories, documentedDelayHours } of sources) {
        expectBothLanguages(title, store);
        expect(categories.length, store).toBeGreaterThan(0);
        expect(documentedDelayHours === "unknown" || documentedDelayHours >= 0, store).toBe(true);
      }
      expect(repeatsOf(sources.map((source) => source.id))).toEqual([]);
    });
  });
}

function isWho(who: Who): boolean {
  if (who === "anyone" || who === "signedIn") return true;
  return Array.isArray(who) && who.length > 0 && who.every((role: string) => Object.hasOwn(actorRoles, role));
}

function expectBothLanguages(text: Bilingual, where: string): void {
  for (const sentence of [text.en, text.fr]) expect(sentence.trim(), where).not.toBe("");
  expect(text.en === text.fr && text.en.includes(" "), `${where}: the same sentence twice`).toBe(false);
}

function repeatsOf(names: readonly string[]): readonly string[] {
  return names.filter((name, index) => names.indexOf(name) !== index);
}
