/** The in-memory reference of the subject directory. It seals nothing: nothing is at rest. */
import { fault } from "./errors.ts";
import type { ControllerId, Ids, SubjectId } from "./ids.ts";
import { assertOpen, onRollback } from "./in-memory-unit-of-work.ts";
import { canonicalJson } from "./json.ts";
import type { Identifier } from "./personal-data-source.ts";
import type { SubjectDirectory } from "./subject-directory.ts";
import type { Unit } from "./unit-of-work.ts";

interface Link {
  readonly controller: ControllerId;
  readonly subject: SubjectId;
  readonly identifier: Identifier;
}

/** A directory in memory. Kinds and values are compared as they are: whoever reads them normalises them. */
export function inMemorySubjectDirectory(options: { readonly ids: Ids }): SubjectDirectory {
  const links = new Map<string, Link>();
  const keyOf = (controller: ControllerId, { kind, value }: Identifier) =>
    canonicalJson([controller, kind, value]);

  const add = (unit: Unit, link: Link): void => {
    const key = keyOf(link.controller, link.identifier);
    links.set(key, link);
    onRollback(unit, () => void links.delete(key));
  };
  const linksOf = (controller: ControllerId, subject: SubjectId) =>
    [...links].filter(([, link]) => link.controller === controller && link.subject === subject);

  return {
    find: async (unit, controller, identifier) => {
      assertOpen(unit);
      return links.get(keyOf(controller, identifier))?.subject;
    },
    identify: async (unit, controller, identifier) => {
      assertOpen(unit);
      const known = links.get(keyOf(controller, identifier));
      if (known !== undefined) return known.subject;
      const subject = options.ids.next("sub");
      add(unit, { controller, subject, identifier: { ...identifier } });
      return subject;
    },
    link: async (unit, controller, subject, identifier) => {
      assertOpen(unit);
      const known = links.get(keyOf(controller, identifier));
      if (known?.subject === subject) return;
      if (known !== undefined) throw fault("SUBJECT_LINK_TAKEN");
      if (linksOf(controller, subject).length === 0) throw fault("SUBJECT_UNKNOWN");
      add(unit, { controller, subject, identifier: { ...identifier } });
    },
    identifiers: async (unit, controller, subject) => {
      assertOpen(unit);
      return linksOf(controller, subject).map(([, link]) => ({ ...link.identifier }));
    },
    list: async (unit, controller, { after = "", limit }) => {
      assertOpen(unit);
      const all = [...links.values()].filter(
        (link) => link.controller === controller && link.subject > after,
      );
      return [...new Set(all.map(({ subject }) => subject))].sort().slice(0, limit);
    },
    forget: async (unit, controller, subject) => {
      assertOpen(unit);
      for (const [key, link] of linksOf(controller, subject)) {
        links.delete(key);
        onRollback(unit, () => void links.set(key, link));
      }
    },
  };
}
