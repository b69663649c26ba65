/** A small publisher that writes as it speaks: short forms, no GAR, one host, a backup every night. */
export const hulotte: ReadonlyMap<string, string> = new Map([
  [
    "agreement.yaml",
    `schema: preau.agreement/1
id: hulotte
fr: Accord Chouette
en: Chouette agreement
frame: {contract: Qui, subprocessors: Qui2}
annexA:
  clause: Qui
  processor:
    name: Éditions de la Hulotte
    legalForm: EURL
    seat: 3 chemin Vert, 05000 Gap
    register: RCS Gap 999 000 084
    representative: {name: Léa Blanc-Gonnet, capacity: {fr: gérante, en: manager}}
    officer: {name: Marc Achard, address: "3 chemin Vert, 05000 Gap", email: dpo@hulotte.example}
  correspondence: {clause: Qui, through: []}
term: {clause: Combien, endsWith: lastData, survives: []}
attestation: {clause: Qui, statements: [{id: info, fr: Élèves et parents informés, en: Informed}]}
doubtfulInstruction: {clause: Qui, then: hold}
endOfContract: {clause: Combien, choices: [delete]}
subprocessorChange: {clause: Qui2, starts: afterWindow, notice: avertir, window: refuser}
transfers: {clause: Quoi, today: none}
nature: {clause: Quoi, operations: [collect, keep, consult, erase]}
legalBasis: {clause: Quoi, setBy: controller}
safeguards:
  - {id: breachContactPoint, clause: Si}
  - {id: priorConsultation, clause: Si}
  - {id: forCauseAudit, clause: Si}
  - {id: suspension, clause: Si}
  - {id: deletionCertificate, clause: Combien}
  - {id: sensitiveData, clause: Qui}
  - {id: subprocessorContractCopy, clause: Qui2}
  - {id: subprocessorFailureNotice, clause: Qui2}
  - {id: thirdPartyBeneficiary, clause: Qui2}
roles: [{id: prof, fr: Enseignant, en: Teacher}, {id: eleve, fr: Élève, en: Pupil}]
categories: [{id: nom, fr: Nom, en: Name}, {id: mail, fr: Mail, en: Mail}, {id: classe, fr: Classe, en: Class}]
purposes: [{id: usage, fr: Utiliser Chouette, en: Use Chouette}]
products: [{id: chouette, fr: Chouette, en: Chouette, clause: Quoi, purposes: [usage], persons: [prof, eleve]}]
annexB:
  - {clause: Quoi, product: chouette, origin: outsideGar, role: prof, categories: [nom, mail]}
  - {clause: Quoi, product: chouette, origin: outsideGar, role: eleve, categories: [nom, classe]}
recipients: [{id: product, fr: Chouette, en: Chouette, clause: Quoi, operations: [store, show, erase]}]
annexC:
  - {recipient: hebergeur, clause: Qui2, name: OeilDeNuit SARL, siret: "99900009200011", fr: hébergement, en: hosting, origins: everyOrigin, transfers: none, deletionDelay: hours(1), operations: [store, erase]}
periods:
  - {id: avertir, clause: Qui2, duration: months(1), right: controller, from: announcementReceived}
  - {id: refuser, clause: Qui2, duration: days(14), right: controller, from: announcementReceived}
  - {id: fuite, clause: Si, duration: hours(24), binds: processor, from: processorAware}
  - {id: demande, clause: Si, duration: workingDays(2), binds: processor, from: requestReceived}
  - {id: suppression, clause: Combien, duration: hours(72), binds: processor, from: accountDeleted}
  - {id: purge, clause: Combien, duration: days(14), binds: processor, from: liveDataDeleted}
  - {id: inactif, clause: Combien, duration: years(1), binds: processor, from: lastActivity}
  - {id: fin, clause: Combien, duration: days(30), binds: processor, from: contractEnded}
  - {id: preuves, clause: Combien, duration: years(3), binds: processor, from: contractEnded}
  - {id: garde, clause: Comment, duration: days(14), binds: processor, from: backupMade}
retention:
  - {id: suppression, clause: Combien, store: live, anchor: accountDeleted, period: suppression, then: erase}
  - {id: purge, clause: Combien, store: backups, anchor: liveDataDeleted, period: purge, then: erase}
  - {id: inactif, clause: Combien, store: live, anchor: lastActivity, period: inactif, then: erase}
  - {id: fin, clause: Combien, store: live, anchor: contractEnded, period: fin, then: erase}
  - {id: preuves, clause: Combien, store: evidence, anchor: contractEnded, period: preuves, then: erase}
  - {id: nuit, clause: Comment, store: backups, generation: daily, anchor: backupMade, period: garde, then: erase}
backups: {clause: Comment, hold: [live], generations: [{id: daily, kind: full, every: days(1)}]}
measures: [{id: mdp, clause: Comment, fr: hachés, en: hashed, passwords: hashed}]
counts: [{id: mdp, clause: Comment, count: 10, unit: characters, fr: caractères mini, en: characters min}]
`,
  ],
  [
    "text.fr.md",
    `# Accord données perso – Appli « Chouette »

Éditions de la Hulotte (nous) / l'école (vous). Version courte, lisible d'une traite.

## Qui · Qui fait quoi

Vous décidez, nous exécutons. Pas d'instruction écrite, pas de traitement. Une instruction qui nous paraît illégale : on vous le dit et on attend.
Vous nous confirmez avoir informé les élèves et les parents avant le premier import. Pas de données de santé.

Nous : Éditions de la Hulotte, EURL, 3 chemin Vert, 05000 Gap, RCS Gap 999 000 084, Léa Blanc-Gonnet, gérante. Notre DPO : Marc Achard, 3 chemin Vert, 05000 Gap, dpo@hulotte.example, tél. 04.92.00.00.00.

## Quoi · Quelles données

* enseignant·es : nom, prénom, mail ;
* élèves : prénom + classe ;
* pas de GAR.

On collecte, on garde, on affiche, on efface, rien d'autre. Base légale : c'est vous qui voyez. Rien ne sort de l'UE.

## Combien · Combien de temps

- compte supprimé = données effacées sous 72h (et des sauvegardes au bout de 2 semaines max) ;
- compte inactif : 1 an, puis effacé ;
- fin de contrat : tout part dans les 30j, attestation à l'appui ;
- nos preuves (instructions, consentements, attestations) : 3 ans de plus.

## Qui2 · Nos prestataires

Un seul : OeilDeNuit SARL (SIRET 99900009200011), héberge tout à Gravelines, efface en 1 h.
On vous prévient 1 mois avant d'en changer, vous avez 2 semaines pour dire non, et rien ne part avant. Copie du contrat sur demande. S'il faute, on vous le dit. Si on coule, vous pouvez couper chez lui.

## Si · Si ça tourne mal

Fuite de données : on vous appelle sous 24 h (24h/24) après l'avoir découverte, contact : Marc. On vous aide pour la CNIL. Vous pouvez nous auditer si vous avez un doute, et tout suspendre.
Demande d'une personne : transmise sous 2 j. ouvrés.

## Comment · Sécurité

Mots de passe hachés (bcrypt), 10 caractères mini. Sauvegarde complète chaque nuit, gardée 14 jours. Double facteur (2FA).
`,
  ],
]);
