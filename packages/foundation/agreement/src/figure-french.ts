/** Figures in French. */
import { dates, type FigureLanguage, type Qualifier, type UnitWord, words } from "./figure-language.ts";

const MONTHS =
  "janvier|février|fevrier|mars|avril|mai|juin|juillet|août|aout|septembre|octobre|novembre|décembre|decembre";
const unit = (name: UnitWord["unit"], factor: number): UnitWord => ({ unit: name, factor });
const each = <T>(list: string, value: T): [string, T][] => list.split(" ").map((word) => [word, value]);
const qualify = (list: string, value: Qualifier) => each(list, value);

const SMALL =
  "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize".split(" ");

export const french: FigureLanguage = {
  numbers: new Map([
    ...SMALL.map((word, value): [string, number] => [word, value]),
    ["une", 1],
    ...each("vingt vingts", 20),
    ["trente", 30],
    ["quarante", 40],
    ["cinquante", 50],
    ["soixante", 60],
    ["septante", 70],
    ...each("huitante octante", 80),
    ["nonante", 90],
    ...each("cent cents", 100),
    ["mille", 1_000],
  ]),
  and: "et",
  fits: (soFar, next) => {
    const tail = soFar % 100;
    if (tail === 0) return true;
    if (next === 20) return tail === 4; // quatre-vingts
    if (next < 10) return (tail >= 20 && tail % 10 === 0) || (tail % 20 === 10 && next >= 7);
    return next < 20 && (tail === 60 || tail === 80);
  },
  ones: words("un une"),
  range: words("à au et ou / - – — , jusqu'à"),
  units: new Map([
    ...each("heure heures h hr hrs", unit("hours", 1)),
    ...each("jour jours j journée journées", unit("days", 1)),
    ...each("semaine semaines", unit("days", 7)),
    ["mois", unit("months", 1)],
    ...each("trimestre trimestres", unit("months", 3)),
    ...each("semestre semestres", unit("months", 6)),
    ...each("an ans année années", unit("years", 1)),
    ...each("mo mio mégaoctet mégaoctets mégaoctet(s)", unit("megabytes", 1)),
    ...each("go gio gigaoctet gigaoctets", unit("megabytes", 1_000)),
    ...each("to téraoctet téraoctets", unit("megabytes", 1_000_000)),
    ...each("ko kilooctet kilooctets", unit("megabytes", 0.001)),
    ...each("caractère caractères signe signes", unit("characters", 1)),
    ...each("% pour-cent pourcent", unit("percent", 1)),
  ]),
  between: new Map([
    ...each(
      "premier premiers première premières dernier derniers dernière dernières autres nouveaux nouvelles longs pleins pleines prochains prochaines",
      "nothing" as const,
    ),
  ]),
  after: new Map([
    ...qualify("ouvré ouvrés ouvrée ouvrées", "working"),
    ...qualify("ouvrable ouvrables travaillé travaillés", "ouvrable"),
    ...qualify("franc francs franche franches", "clear"),
    ...qualify("scolaire scolaires universitaire universitaires férié fériés chômé chômés", "school"),
  ]),
  half: [
    ["et", "demi"],
    ["et", "demie"],
  ],
  idle: /^(?: scolaire| à l'autre| sur l'autre| sur deux| à la suivante| ou l'autre| donné| férié| chômé| calendrier)/,
  idleBefore: words("dès"),
  per: words("par"),
  times: words("fois"),
  adverbs: new Map(),
  every: [
    ["tous", "les"],
    ["toutes", "les"],
  ],
  each: [["chaque"], ["tous", "les"], ["toutes", "les"], ["par"]],
  rhythms: new Map([
    ...each(
      "quotidien quotidiens quotidienne quotidiennes quotidiennement journalier journalière",
      unit("days", 1),
    ),
    ...each("hebdomadaire hebdomadaires hebdomadairement", unit("days", 7)),
    ...each("mensuel mensuels mensuelle mensuelles mensuellement", unit("months", 1)),
    ...each("trimestriel trimestriels trimestrielle trimestrielles trimestriellement", unit("months", 3)),
    ...each("semestriel semestriels semestrielle semestrielles semestriellement", unit("months", 6)),
    ...each("annuel annuels annuelle annuelles annuellement", unit("years", 1)),
  ]),
  moments: new Map([
    ...each("nuit nuits soir soirs matin matins", unit("days", 1)),
    ...each(
      "lundi lundis mardi mardis mercredi mercredis jeudi jeudis vendredi vendredis samedi samedis dimanche dimanches",
      unit("days", 7),
    ),
  ]),
  spans: new Map([
    ["huitaine", unit("days", 8)],
    ["quinzaine", unit("days", 15)],
  ]),
  labels: words(
    "article articles art alinéa alinéas al paragraphe paragraphes § considérant considérants module modules chapitre chapitres titre section sections annexe annexes clause clauses point points loi règlement directive décret décision arrêté n n° no nº numéro norme normes iso iec cei nf en rfc tls ssl aes sha rsa wcag rgaa eidas version versions page pages v l r d",
  ),
  uncounted: words("parties partie côtés"),
  dates: [
    ...dates,
    new RegExp(`(?<![\\d,.])\\d{1,2}(?:er)? (?:${MONTHS})(?: \\d{4})?(?![\\p{L}\\d])`, "gu"),
    new RegExp(`(?<!\\p{L})(?:${MONTHS}) \\d{4}(?![\\p{L}\\d])`, "gu"),
    /(?<!\p{L})(?:en|depuis|dès|l'année|l'an|rentrée|de|année|années|du|©) (?:19|20)\d\d(?![\d.,/-]?\d)(?! ?(?:heure|jour|j\b|semaine|mois|ans?\b|année|%|caract|mo\b|go\b))/gu,
  ],
  thousands: ".",
};
