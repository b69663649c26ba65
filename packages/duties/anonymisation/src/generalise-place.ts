/** Postcodes as departments or regions (those of 2016). Where a postcode straddles two departments, La Poste's first digits decide. */
import { type Ladder, type Raw, UNREADABLE } from "./generalise-ladder.ts";

const REGIONS: Readonly<Record<string, string>> = {
  "Auvergne-Rhône-Alpes": "01 03 07 15 26 38 42 43 63 69 73 74",
  "Bourgogne-Franche-Comté": "21 25 39 58 70 71 89 90",
  Bretagne: "22 29 35 56",
  "Centre-Val de Loire": "18 28 36 37 41 45",
  Corse: "2A 2B",
  "Grand Est": "08 10 51 52 54 55 57 67 68 88",
  "Hauts-de-France": "02 59 60 62 80",
  "Île-de-France": "75 77 78 91 92 93 94 95",
  Normandie: "14 27 50 61 76",
  "Nouvelle-Aquitaine": "16 17 19 23 24 33 40 47 64 79 86 87",
  Occitanie: "09 11 12 30 31 32 34 46 48 65 66 81 82",
  "Pays de la Loire": "44 49 53 72 85",
  "Provence-Alpes-Côte d’Azur": "04 05 06 13 83 84",
  "Outre-mer": "971 972 973 974 975 976 977 978 984 986 987 988",
};
const REGION_OF: ReadonlyMap<string, string> = new Map(
  Object.entries(REGIONS).flatMap(([region, all]) => all.split(" ").map((each) => [each, region] as const)),
);

export function placeLadder(levels: readonly ("department" | "region")[]): Ladder {
  return {
    height: levels.length,
    base: (value) => departmentOf(value),
    at: (level, base) => (levels[level] === "region" ? (REGION_OF.get(base as string) as string) : base),
  };
}

function departmentOf(value: Raw): string | null | typeof UNREADABLE {
  if (value === null) return null;
  if (typeof value === "boolean") return UNREADABLE;
  const text = String(value).normalize("NFKC").replaceAll(/\s/g, "");
  if (text === "") return null;
  if (!/^\d{4,5}$/.test(text)) return UNREADABLE;
  const code = text.padStart(5, "0"); // a spreadsheet eats the first 0
  const department = code.startsWith("20")
    ? Number(code) < 20_200
      ? "2A"
      : "2B"
    : code.slice(0, /^9[78]/.test(code) ? 3 : 2);
  return REGION_OF.has(department) ? department : UNREADABLE;
}
