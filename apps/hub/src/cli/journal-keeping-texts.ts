/** The words of `preau journal archive`, `prune` and `open-archive`. */
import type { Language } from "@preau/kernel";

const en = {
  archive: "move entries of the activity log whose first period is over into the sealed archive",
  prune: "remove entries of the activity log whose periods are over, archived or not, for good",
  openArchive: "read the archived entries of one controller; that they were opened is recorded first",
  dryRun: "say what would be done, and do nothing",
  instruction: "id of the recorded instruction of that controller (jrn_…)",
  reason: "why, in a few words; recorded",
  from: "first day",
  until: "last day",
  controller: "whose entries",
  before: "recorded before",
  entries: { archive: "archived", prune: "removed" },
  wouldBe: { archive: "to archive", prune: "to remove" },
  size: "in the log",
  inArchive: "in the archive",
  gone: "gone for good",
  held: "a recorded hold keeps them",
  none: "Nothing archived for this controller in that time.",
};

const fr: typeof en = {
  archive: "ranger dans l’archive scellée les inscriptions d’activité dont la première durée est finie",
  prune: "détruire pour de bon les inscriptions d’activité dont les durées sont finies, archivées ou non",
  openArchive: "lire les inscriptions archivées d’un responsable ; leur ouverture est d’abord consignée",
  dryRun: "dire ce qui serait fait, sans rien faire",
  instruction: "identifiant de l’instruction consignée de ce responsable (jrn_…)",
  reason: "pourquoi, en quelques mots ; consigné",
  from: "premier jour",
  until: "dernier jour",
  controller: "de qui",
  before: "inscrites avant",
  entries: { archive: "archivées", prune: "détruites" },
  wouldBe: { archive: "à archiver", prune: "à détruire" },
  size: "au journal",
  inArchive: "en archive",
  gone: "disparues",
  held: "une conservation consignée les retient",
  none: "Rien d’archivé pour ce responsable sur cette période.",
};

export const journalKeepingTexts: Readonly<Record<Language, typeof en>> = { fr, en };
