/** Words of health and handicap in French and English, folded: art. 9(1) GDPR. */

/** Beginnings: `epilep` is epilepsy, épilepsie, épileptique. */
const STEMS = `
epilep diabet allerg asthm dyslex dyscalcul dysprax dysorthograph dysphas dysgraph autis trisom hyperactif hyperactiv hypersensib schizophren bipolair depressi anorex boulimi
leucem leukem cancer tumeur tumour chimiother chemother radiother mucoviscidos drepanocyt myopath hemophil hemophili paraplegi tetraplegi hemiplegi sclerose migrain eczem psoriasis
bronchit bronchiolit varicel rougeol rubeol oreillons scarlatin pneumoni angine otite mononucleos mening gastro coqueluch tubercul hepatit insulin cortison corticoid antidepress
anxiolyt neuroleptiq antiepilept antihistamin antibiot psychiatr pedopsych psycholog psychothera psychomot orthophon ergotherap kinesitherap neurolog neuropsych cardiolog pneumolog dermatolog
hospitali handicap malenten malvoyan chirurg convulsi epipen anapen scarifi suicid automutil phobi angoiss anxiet anxieu begaie begaye bipolar dyslect celiac coeliaq seropositi
medicament medicati traumatis cephal vomi diarrh appendicit fractur entors commotion paralys disabilit disabled-child seizur inhaler wheelchair chickenpox tonsillit measles mumps
intoleran myopi hypermetrop astigmat cecite surdit mutism tourett syndrom insomni thyroid anemi greff dialys transplant prothes appareill orthoptist osteopath posologi vaccin ventolin hypoglyc hyperglyc
glycemi cathet perfusion incontinen enures spastic ataxi dystroph albinis vitiligo urticair oedem anaphyla arachid deficien addict alcoolis toxicoman convalescen contagi infecti symptom saignem saigne evanoui
amput cardiopath cardiaq pulmonair reanimat counsel impairm impaired injur concuss antibio pregnan miscarr palsy fibros syndrom headach stomach rheumat arthrit hypertens cholester endometrio verrue mycos
pneumo sinusit laryngit rhinit conjonctiv conjunctiv impetigo meningit appendix tendinit lumbag sciati hernie rachit scorbut carenc malnutri
`;
/** Whole words, in any case. */
const WORDS = `
tdah tdahs tda adhd aesh mdph avs-i gevasco geva-sco sessad cmpp itep rased psy psys tsa asperger dys multidys hpi
ritaline concerta quasym medikinet ventoline seretide flixotide doliprane ibuprofene keppra depakine risperdal abilify tercian prozac xanax atarax levothyrox singulair bricanyl
malade malades maladie maladies fievre grippe covid rhume toux nausee nausees vertige vertiges asthme lupus vih sida hiv aids opere operee
sourd sourde sourds aveugle aveugles muet muette boiteux enceinte grossesse fauteuil-roulant beguille beguilles bequille bequilles platre attelle prothese appareil-auditif implant
pathologie pathologies symptome symptomes diagnostic diagnostique diagnosis diagnosed ordonnance-medicale therapie therapeute therapist therapy surgery hospital hopital clinique
fever flu ill illness sick sickness disease deaf pregnant pregnancy stutter eczema rash concussion crutches arachide arachides cacahuete cacahuetes peanut peanuts gluten lactose
phobie stress-post-traumatique burnout burn-out trouble-dys scoliose acne obesite obese surpoids maigreur poux teigne gale pediculose daltonien daltonienne daltonisme strabisme myope myopie
malaise malaises douleur douleurs blessure blessures blesse blessee brulure brulures urticaire avc infarctus coma irm scanner kine kines ergo orthopsy necker trisomie drogue cannabis medical medicale medicaux
medicales medicine pills pill therapies bandage crampe crampes migraineux frissons courbatures nauseeux essoufflement asthmatique tics bilan-psy mucoviscidose drepanocytose hyperactive lactose ibd crohn
ritalin adderall strattera melatonin melatonine salbutamol sertraline fluoxetine zyrtec aerius xyzall spasfon prednisone antiviral antifongique
`;
/** Abbreviations that are only meant in capitals. */
const CAPITALS =
  "PAI PPS PAP AVS IME CMP ULIS SEGPA IEP SEN SEND EHCP TOC TSA TED TND TDA HPI DYS ADD OCD PTSD MICI SAMU CHU CHR CAMSP ESAT IMC";
/** What two words say together, joined by a space. */
const PAIRS = `
fauteuil roulant|phobie scolaire|besoins particuliers|besoins specifiques|special needs|special educational|traitement medical|certificat medical|suivi medical|dossier medical|probleme cardiaque
problemes cardiaques|souffle cardiaque|crise d|tiers temps|appareil auditif|implant cochleaire|hearing aid|hearing impaired|visually impaired|learning disability|learning difficulties|heart condition
speech therapist|speech therapy|mental health|medical condition|medical treatment|medical certificate|panic attack|panic attacks|eating disorder|nut allergy|intolerance au|arret maladie|haut potentiel
troubles dys|trouble dys|troubles du|trouble du|troubles de|trouble de|troubles anxieux|sous traitement|prise en|type 1|type 2|tentative de|maladie chronique|groupe sanguin|blood type|tests de|disabled child
disabled pupil|disabled student|disabled son|disabled daughter|broken arm|broken leg|bras casse|jambe cassee|cheville cassee|poignet casse|est opere|est operee|prise de|dents de|regles douloureuses|cerebral palsy|down syndrome|cystic fibrosis|hearing loss|speech delay|sick note|self harm|glandular fever|stomach ache|chest infection|aux urgences
soins intensifs|retard mental|sans gluten|sans lactose|quotient intellectuel|maladie rare|arret cardiaque|transfusion sanguine|groupe sanguin|sante mentale|problemes de|probleme de|mal au|mal aux|mal a|ill health
personne handicapee|auxiliaire de|eating disorder|hearing aids|learning support|sensory processing|attention deficit|deficit de|deficit d|deficit attentionnel|retard de|douleurs au|psychological support
`;
/** Pairs that need the word after them: "crise d'épilepsie" is found by its stem. */
const LOOSE = new Set([
  "crise d",
  "problemes de",
  "probleme de",
  "mal au",
  "mal aux",
  "mal a",
  "auxiliaire de",
  "deficit de",
  "deficit d",
  "retard de",
  "douleurs au",
  "prise en",
  "prise de",
  "tests de",
  "dents de",
  "trouble de",
  "troubles de",
  "trouble du",
  "troubles du",
  "tentative de",
  "est opere",
  "est operee",
]);
/** Words beside a word of health that belong to it: how severe, of which kind, how much. */
const BESIDE = `
severe severes leger legere legers legeres lourd lourde grave graves aigu aigue chronique chroniques moteur motrice visuel visuelle auditif auditive mental mentale psychique cognitif cognitive sensoriel
sensorielle invisible physique alimentaire alimentaires respiratoire respiratoires scolaire sociale generalisee profond profonde partiel partielle mixte typique atypique infantile nocturne saisonnier
saisonniere type insulinodependant mild moderate acute chronic peanut nut nuts food visual hearing motor physical attention deficit deficitaire trouble troubles handicap syndrome disorder disease attack attacks crise crises
pump pompe injection injections stylo quotidien quotidienne permanent permanente lp
`;

/** What somebody has trouble with: "troubles du langage", "mal au ventre", "problèmes de vue". */
const TROUBLED = `
attention langage comportement apprentissage apprentissages spectre sommeil concentration audition vue vision coordination coeur cardiaque dos ventre tete reins peau memoire oreille oreilles dents jambe
jambes bras main mains poignet cheville epaule genou genoux developpement parole ecriture lecture humeur equilibre sante gorge estomac yeux oeil cou hanche pied pieds doigt doigts dys alimentation croissance poids
coagulation conduite personnalite opposition visuo-spatiaux anxieux oppositionnel attentionnel cognitifs cognitif moteurs neurologique neurologiques
`;
const TROUBLES =
  "trouble troubles deficit probleme problemes mal maux retard maladie douleurs fracture operation opere operee blessee blesse";

const stems = new Map<string, string[]>();
for (const stem of STEMS.split(/\s+/)) {
  if (stem === "" || stem.includes("-")) continue;
  const start = stem.slice(0, 4);
  stems.set(start, [...(stems.get(start) ?? []), stem]);
}
export const HEALTH_WORDS: ReadonlySet<string> = new Set(
  WORDS.split(/\s+/).filter((word) => word !== "" && !word.includes("-")),
);
const capitals = new Set(CAPITALS.split(" "));
export const HEALTH_PAIRS: ReadonlySet<string> = new Set(
  PAIRS.trim()
    .split(/[|\n]/)
    .filter((pair) => !LOOSE.has(pair)),
);
const beside = new Set(BESIDE.split(/\s+/).filter((word) => word !== ""));

/** Whether a word that is on no list is one of health by its beginning or in its capitals. In plain letters. */
export function looksLikeHealth(low: string, text: string): boolean {
  if (low.length < 3) return false;
  if (text.length < 6 && capitals.has(text)) return true;
  return stems.get(low.slice(0, 4))?.some((stem) => low.startsWith(stem)) ?? false;
}

const troubles = new Set(TROUBLES.split(" "));
const troubled = new Set(TROUBLED.split(/\s+/).filter((word) => word !== ""));

/** Whether two words, some small ones between them, speak of health together. */
export function isTrouble(low: string): boolean {
  return troubles.has(low);
}

export function mayBeTroubled(low: string): boolean {
  return troubled.has(low);
}

export function standsBesideHealth(low: string): boolean {
  return beside.has(low);
}
