/** Invented schools, as the GAR's list writes them. */
const usual = {
  uai: "0350042F",
  nature_uai: "340",
  nature_uai_libe: "COLLEGE",
  type_uai: "CLG",
  type_uai_libe: "Collège",
  commune: "35999",
  commune_libe: "Ville-Inventée",
  academie: "14",
  academie_libe: "Rennes",
  departement_insee_3: "035",
  departement_insee_3_libe: "Ille-et-Vilaine",
  appellation_officielle: "Établissement inventé",
  patronyme_uai: "Nulle Part",
  code_postal_uai: "35000",
  localite_acheminement_uai: "VILLE-INVENTEE",
  idENT: "QTk=",
};

export function schoolXml(changes: Partial<typeof usual>): string {
  const fields = Object.entries({ ...usual, ...changes });
  return `<etablissement>${fields.map(([name, value]) => `<${name}>${value}</${name}>`).join("")}</etablissement>`;
}

export function listOfSchools(...schools: readonly string[]): string {
  const namespace = "http://www.atosworldline.com/listEtablissement/v1.0/";
  return `<?xml version="1.0" encoding="UTF-8"?>\n<listEtablissement xmlns="${namespace}">\n${schools.join("\n")}\n</listEtablissement>\n`;
}
