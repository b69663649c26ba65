/** Two folders as strangers wrote them after the guide alone, each in a manner of its own: tables, quotations, words, hard wraps. */

/** A publisher: articles for ids, French alone, words and digits mixed, tables and quotations. */
export const tableauNoir: ReadonlyMap<string, string> = new Map([
  [
    "agreement.yaml",
    `schema: preau.agreement/1
id: tableau-noir
fr: Contrat de sous-traitance Tableau Noir
en: Tableau Noir data-processing contract
frame: { contract: Art1, subprocessors: AnnexeI }
annexA:
  clause: Art1
  processor:
    name: Tableau Noir
    legalForm: SCOP SA
    seat: 8 bis, rue des Ardoises, 69003 Lyon
    register: RCS Lyon 999 000 043
    representative: { name: Garance Vial, capacity: { fr: directrice, en: director } }
    officer: { name: Ulysse Bonnet, address: même adresse, email: dpo@tableau-noir.example }
term: { clause: Art1.2, endsWith: contract, survives: [Art4, Art5] }
doubtfulInstruction: { clause: Art2.1, then: hold }
roles:
  - { id: pupil, fr: Élève, en: Pupil }
categories:
  - { id: identity, fr: Identité, en: Identity }
purposes:
  - { id: grading, fr: Corriger, en: Grade }
products:
  - { id: ardoise, fr: "Ardoise 3D, correction de copies", en: "Ardoise 3D, grading", clause: Art1, purposes: [grading] }
annexB:
  - { clause: Art4, product: ardoise, origin: outsideGar, role: pupil, categories: [identity] }
recipients:
  - { id: product, fr: Le produit, en: The product, clause: Art1, operations: [store, show] }
annexC:
  - recipient: host
    clause: AnnexeI
    name: Glacier Bleu
    siret: "99900005000012"
    fr: Hébergement
    en: Hosting
    origins: everyOrigin
    transfers: none
    deletionDelay: hours(24)
    operations: [store, erase]
  - recipient: mailer
    clause: AnnexeI
    name: Pigeon Express
    siret: "99900006800010"
    fr: Courriels
    en: Mail
    origins: everyOrigin
    transfers: none
    deletionDelay: unknown
    operations: [send, erase]
periods:
  - { id: term, clause: Art1.1, duration: years(3), binds: controller }
  - { id: renewal, clause: Art1.1, duration: years(1), binds: controller }
  - { id: notice, clause: Art1.1, duration: months(3), binds: controller }
  - { id: notifyBreach, clause: Art2.2, duration: hours(36), binds: processor, from: processorAware }
  - { id: notifyAuthority, clause: Art2.2, duration: hours(72), binds: controller, from: controllerAware }
  - { id: keepRegister, clause: Art2.2, duration: years(5), binds: processor }
  - { id: forward, clause: Art2.3, duration: workingDays(2), binds: processor, from: requestReceived }
  - { id: answer, clause: Art2.3, duration: months(1), binds: controller, from: requestReceived }
  - { id: extend, clause: Art2.3, duration: months(2), binds: controller, from: answerDue }
  - { id: announce, clause: Art3.1, duration: days(45), right: controller, from: announcementReceived }
  - { id: object, clause: Art3.2, duration: workingDays(15), right: controller, from: announcementReceived }
  - { id: keepAccounts, clause: Art4, duration: months(3), binds: processor, from: schoolYearEnded }
  - { id: keepCopies, clause: Art4, duration: months(13), binds: processor, from: loadingAccepted }
  - { id: archiveCopies, clause: Art4, duration: years(2), binds: processor }
  - { id: keepLogs, clause: Art4, duration: months(12), binds: processor, from: entryRecorded }
  - { id: keepDaily, clause: Art4, duration: days(14), binds: processor, from: backupMade }
  - { id: erase, clause: Art4, duration: hours(72), binds: processor, from: accountDeleted }
  - { id: return, clause: Art5, duration: days(30), binds: processor, from: contractEnded }
  - { id: eraseAll, clause: Art5, duration: days(60), binds: processor, from: contractEnded }
retention:
  - { id: deleted, clause: Art4, store: live, anchor: accountDeleted, period: erase, then: erase }
  - { id: daily, clause: Art4, store: backups, generation: daily, anchor: backupMade, period: keepDaily, then: erase }
counts:
  - { id: passwordLength, clause: AnnexeII, count: 14, unit: characters, fr: caractères, en: characters }
  - { id: lock, clause: AnnexeII, count: 20, fr: minutes d'inactivité, en: minutes of inactivity }
  - { id: restoreTests, clause: AnnexeII, count: 2, fr: tests de restauration par an, en: restoration tests a year }
exempt:
  - { clause: Art1, says: deux exemplaires, why: { fr: forme, en: form } }
  - { clause: Art4, says: 1 année scolaire, why: { fr: voir l'ancre, en: see the anchor } }
  - { clause: Art5, says: 150 €, why: { fr: pénalité, en: penalty } }
  - { clause: AnnexeII, says: "99,5 %", why: { fr: indicateur, en: indicator } }
`,
  ],
  [
    "text.fr.md",
    `# CONTRAT DE SOUS-TRAITANCE RGPD — TABLEAU NOIR SCOP

*Version 2.1 du 3 septembre 2026 — conforme au règlement (UE) 2016/679 et à la loi n° 78-17 du 6 janvier 1978.*

## Art1 · Définitions et parties

Entre **Tableau Noir**, SCOP SA, dont le siège est 8 bis, rue des Ardoises à 69003 Lyon, immatriculée au
RCS Lyon 999 000 043, et l'établissement client. Les deux parties conviennent de ce qui suit, en deux
exemplaires originaux.

### Art1.1 · Durée

Le contrat est conclu pour une durée de trois (3) ans à compter de sa signature. Il est reconduit
tacitement par périodes d'un an, sauf dénonciation moyennant un préavis de trois
mois.

### Art1.2 · Survie

Les articles 4 et 5 survivent à la fin du contrat.

## Art2 · Obligations

### Art2.1 · Instructions

Le sous-traitant agit sur instruction documentée (article 28, paragraphe 3, point a) du RGPD). Toute instruction
manifestement illicite est signalée et suspendue.

### Art2.2 · Violations

1. Le sous-traitant notifie toute violation au responsable dans un délai maximal de trente-six (36)
   heures après en avoir pris connaissance ;
2. le responsable dispose ensuite de soixante-douze heures pour notifier l'autorité de contrôle ;
3. le registre des violations est conservé cinq ans.

### Art2.3 · Exercice des droits

Toute demande est transmise sous deux jours ouvrés. Le responsable répond dans un délai d'un mois,
prolongeable de deux mois (article 12.3 du RGPD).

## Art3 · Sous-traitance ultérieure

#### Art3.1 · Information

Le client est informé de tout changement au moins quarante-cinq jours avant.

#### Art3.2 · Objection

Le client peut formuler une objection motivée dans un délai de quinze jours ouvrés.

## Art4 · Durées de conservation

| Données | Durée active | Archivage | Base |
|:--------|:------------:|----------:|------|
| Comptes élèves | 1 année scolaire + 3 mois | — | mission d'intérêt public |
| Copies et corrigés | 13 mois | 2 ans | mission d'intérêt public |
| Journaux de connexion | 12 mois | — | sécurité |
| Sauvegardes quotidiennes | 14 jours | — | sécurité |

> Les comptes supprimés sont effacés sous 72 h ; les sauvegardes
> les plus anciennes disparaissent au bout de 14 jours (voir
> ci-dessus).

## Art5 · Fin de contrat

Restitution dans les trente jours, au format CSV ou JSON (RFC 4180, RFC 8259), puis suppression au bout de
60 jours supplémentaires. Une pénalité de 150 € par jour ouvrable de retard est due.

## AnnexeI · Sous-traitants

- **Glacier Bleu** (hébergement, Strasbourg) : SIRET 999 000 050 00012, effacement sous 24 heures ;
- **Pigeon Express** (courriels, Lyon) : SIRET 99900006800010, effacement non documenté.

## AnnexeII · Mesures

- Mots de passe : 14 caractères minimum, hachés (argon2id) ;
- Chiffrement TLS 1.3 en transit et AES-256 au repos ;
- Disponibilité de 99,5 % sur le mois, hors maintenance ;
- Verrouillage des sessions après 20 minutes d'inactivité ;
- Test de restauration deux fois par an, audit annuel ;
- Certification ISO/IEC 27001 de l'hébergeur.
`,
  ],
]);

/** A hosting company's policy: dots in short ids, both languages, lists here and tables there. */
export const nebuleuse: ReadonlyMap<string, string> = new Map([
  [
    "agreement.yaml",
    `schema: preau.agreement/1
kind: policy
id: nebuleuse
fr: Politique de Nébuleuse
en: Policy of Nébuleuse
frame: { contract: N, subprocessors: N }
annexA:
  clause: N
  processor:
    name: Nébuleuse
    legalForm: SAS
    seat: 3 ter, allée des Comètes, 31000 Toulouse
    register: RCS Toulouse 999 000 076
    representative: { name: Astrid Vega, capacity: { fr: présidente, en: president } }
    officer: { name: Orion Delmas, address: même adresse, email: dpo@nebuleuse.example }
periods:
  - { id: destroy, clause: N.1, duration: days(5), binds: processor, from: presalesClosed }
  - { id: destroyAnyway, clause: N.1, duration: months(3), binds: processor, from: sampleReceived }
  - { id: acceptance, clause: N.2, duration: days(30), binds: processor, from: loadingAccepted }
  - { id: longer, clause: N.2, duration: days(15), binds: processor, from: loadingAccepted }
retention:
  - { id: samples, clause: N.1, store: samples, anchor: presalesClosed, period: destroy, then: erase }
  - { id: loading, clause: N.2, store: loadingData, anchor: loadingAccepted, period: acceptance, then: erase, condition: restoreTested }
choices:
  - id: guardTime
    clause: N.3
    least: months(6)
    most: months(12)
    from: contractEnded
    mandatory: false
    otherwise: none
    fr: Temps de garde
    en: Guard time
counts:
  - { id: largeSample, clause: N.2, count: 200, unit: megabytes, fr: Mo, en: MB }
exempt:
  - { clause: N, says: 10 000 euros, why: { fr: capital social, en: capital } }
  - { clause: N, says: "10,000 euros", why: { fr: capital social, en: capital } }
`,
  ],
  [
    "text.en.md",
    `# Policy on clients' data

Written by Nébuleuse, a host of learning platforms.

## N · Nébuleuse

Nébuleuse, SAS with a capital of 10,000 euros, 3 ter, allée des Comètes, 31000 Toulouse, RCS Toulouse 999 000 076.

## N.1 · Samples

Any sample, anonymised or not, is destroyed within a five-day period from the close of presales and in any event three
months after its receipt.

## N.2 · Loading

| data | kept for |
|------|---------:|
| loading data, during acceptance | 30 days |
| then, unless opposed | 15 more days |

Above 200 MB a transfer site is compulsory.

## N.3 · The end

Archives may be kept for between six months and a year. Failing a choice, nothing is kept. Samples follow the five-day rule
of clause N.1.
`,
  ],
  [
    "text.fr.md",
    `# Politique relative aux données des clients

Rédigée par Nébuleuse, hébergeur de plateformes pédagogiques.

## N · Nébuleuse

Nébuleuse, SAS au capital de 10 000 euros, 3 ter, allée des Comètes, 31000 Toulouse, RCS Toulouse 999 000 076.

## N.1 · Échantillons

Tout échantillon — anonymisé ou non — est détruit sous *cinq jours* à compter de la clôture de l’avant-vente, et,
en tout état de cause, **trois (3) mois** après sa réception ; pas un de plus.

## N.2 · Chargements

Les données de chargement sont gardées :

1. pendant la recette, soit 30 jours au plus après le chargement ;
2. puis, sauf opposition, 15 jours encore, hors week-ends.

Au-delà de 200 Mo, un site de transfert est obligatoire (voir aussi N.3).

## N.3 · Fin

Les archives peuvent être conservées de six mois à un an. À défaut de choix, rien n’est conservé. Les échantillons, eux,
suivent la règle des cinq jours posée en N.1.
`,
  ],
]);
