/** A publisher that says everything in tables, in both languages: rows numbered, cells with their units, opening hours. */
export const sarcelle: ReadonlyMap<string, string> = new Map([
  [
    "agreement.yaml",
    `# Accord Sarcelle
schema: "preau.agreement/1"
kind: agreement
id: sarcelle-2026
fr: Accord sur le traitement des données
en: Data processing agreement
frame:
  contract: A1
  subprocessors: A4
annexA:
  clause: A1
  processor:
    name: Éditions Sarcelle
    legalForm: SAS au capital de 10 000 €
    seat: 8 bis, rue du Marais, 80000 Amiens
    register: RCS Amiens 999 000 068
    representative:
      name: Paul Haubourdin
      capacity:
        fr: directeur général
        en: managing director
    officer:
      name: Inès Vasseur
      address: 8 bis, rue du Marais, 80000 Amiens
      email: dpo@sarcelle.example
  correspondence: { clause: A1, through: [] }
term: { clause: A2, endsWith: contract, survives: [A6, A7, A5] }
controllerPeriods: { clause: A5, within: ceilings }
attestation:
  clause: A3
  statements: [{ id: informed, fr: Personnes informées, en: Persons informed }]
doubtfulInstruction: { clause: A3, then: hold }
endOfContract: { clause: A5, choices: [delete] }
subprocessorChange: { clause: A4, starts: afterWindow, notice: announce, window: object }
transfers: { clause: B, today: none }
nature: { clause: B, operations: [collect, record, keep, consult, share, erase] }
legalBasis: { clause: B, setBy: agreement }
safeguards:
  - { id: breachContactPoint, clause: A5 }
  - { id: priorConsultation, clause: A5 }
  - { id: forCauseAudit, clause: A6 }
  - { id: subprocessorContractCopy, clause: A4 }
  - { id: subprocessorFailureNotice, clause: A4 }
  - { id: thirdPartyBeneficiary, clause: A4 }
  - { id: deletionCertificate, clause: A5 }
  - { id: suspension, clause: A6 }
  - { id: sensitiveData, clause: A3 }
roles:
  - { id: teacher, fr: Enseignant, en: Teacher }
  - { id: pupil, fr: Élève, en: Pupil }
categories:
  - { id: identity, fr: Identité, en: Identity }
  - { id: email, fr: Courriel, en: E-mail }
  - { id: results, fr: Résultats, en: Results }
  - { id: gar, fr: Identifiant opaque du GAR, en: Opaque GAR id, holds: [signInIdentifier] }
purposes:
  - { id: learn, fr: Apprendre, en: Learn, needs: [share], legalBasis: publicTask }
  - { id: help, fr: Assistance, en: Support, legalBasis: publicTask }
products:
  - { id: cahier, fr: Cahier Sarcelle, en: Sarcelle exercise book, clause: B, purposes: [learn, help] }
annexB:
  - { clause: B, product: cahier, origin: gar, role: teacher, categories: [identity, gar] , purposes: [learn] }
  - { clause: B, product: cahier, origin: gar, role: pupil, categories: [identity, results, gar], purposes: [learn] }
  - { clause: B, product: cahier, origin: outsideGar, role: teacher, categories: [identity, email] }
  - { clause: B, product: cahier, origin: outsideGar, role: pupil, categories: [identity, results], purposes: [learn] }
recipients:
  - { id: product, fr: Cahier, en: Exercise book, clause: B, operations: [store, show, erase] }
annexC:
  - { recipient: host, clause: A4, name: Héron Cloud, siret: "99900007600013", fr: hébergement, en: hosting, origins: everyOrigin, transfers: none, deletionDelay: hours(24), operations: [store, erase] }
  - { recipient: mail, clause: A4, name: Foulque Mail, register: HRB 00077 (Köln), fr: courriels, en: e-mail, origins: outsideGarOnly, transfers: none, deletionDelay: days(3), operations: [send, erase], purposes: [help], categories: [email] }
periods:
  - { id: announce, clause: A4, duration: days(30), right: controller, from: announcementReceived }
  - { id: object, clause: A4, duration: workingDays(15), right: controller, from: announcementReceived }
  - { id: forward, clause: A5, duration: workingDays(2), binds: processor, from: requestReceived }
  - { id: breach, clause: A5, duration: hours(24), binds: processor, from: processorAware }
  - { id: account, clause: A5, duration: days(7), binds: processor, from: accountDeleted }
  - { id: purge, clause: A5, duration: months(3), binds: processor, from: liveDataDeleted }
  - { id: end, clause: A5, duration: days(60), binds: processor, from: contractEnded }
  - { id: proofs, clause: A5, duration: years(5), binds: processor, from: contractEnded }
  - { id: audit, clause: A6, duration: workingDays(10), right: processor, from: auditAnnounced }
  - { id: keepMonthly, clause: A7, duration: months(3), binds: processor, from: backupMade }
  - { id: keepDaily, clause: A7, duration: days(7), binds: processor, from: backupMade }
  - { id: keepLog, clause: A7, duration: months(6), binds: processor, from: entryRecorded }
retention:
  - { id: account, clause: A5, store: live, anchor: accountDeleted, period: account, then: erase }
  - { id: purge, clause: A5, store: backups, anchor: liveDataDeleted, period: purge, then: erase }
  - { id: end, clause: A5, store: live, anchor: contractEnded, period: end, then: erase }
  - { id: proofs, clause: A5, store: evidence, anchor: contractEnded, period: proofs, then: erase }
  - { id: monthly, clause: A7, store: backups, generation: monthly, anchor: backupMade, period: keepMonthly, then: erase }
  - { id: daily, clause: A7, store: backups, generation: daily, anchor: backupMade, period: keepDaily, then: erase }
  - { id: log, clause: A7, store: activityLog, anchor: entryRecorded, period: keepLog, then: erase, identity: removed }
backups:
  clause: A7
  hold: [live]
  generations:
    - { id: monthly, kind: full, every: months(1) }
    - { id: daily, kind: differential, every: days(1), base: monthly }
measures:
  - { id: passwords, clause: A7, fr: Mots de passe hachés, en: Hashed passwords, passwords: hashed }
counts:
  - { id: length, clause: A7, count: 12, unit: characters, fr: caractères, en: characters }
  - { id: attachment, clause: A7, count: 20, unit: megabytes, fr: par pièce jointe, en: per attachment }
  - { id: auditsPerYear, clause: A6, count: 1, fr: audit, en: audit }
exempt:
  - { clause: A7, says: 1 majuscule, why: { fr: forme du mot de passe, en: form of the password } }
  - { clause: A7, says: 1 capital, why: { fr: forme du mot de passe, en: form of the password } }
  - { clause: A7, says: "99,5 %", why: { fr: indicateur, en: indicator } }
  - { clause: A7, says: "99.5%", why: { fr: indicateur, en: indicator } }
`,
  ],
  [
    "text.fr.md",
    `---
title: Accord sur le traitement des données
version: 2026-1
---

# Accord sur le traitement des données — Éditions Sarcelle

*Version du 3 mars 2026.*

## A1 · Parties et définitions

| | Responsable de traitement | Sous-traitant |
|:--|:--|:--|
| Dénomination | l’établissement | **Éditions Sarcelle** |
| Forme | — | SAS au capital de 10 000 € |
| Siège | — | 8 bis, rue du Marais, 80000 Amiens |
| Registre | — | RCS Amiens 999 000 068 |
| Représentant | son chef | Paul Haubourdin, directeur général |
| Délégué | — | Inès Vasseur, 8 bis, rue du Marais, 80000 Amiens – dpo@sarcelle.example – 03 22 00 00 00 |

## A2 · Durée

L'accord prend fin avec le contrat (au plus tard le 31 août 2027), les articles A6 et A7 restant applicables tant que des données sont détenues.

## A3 · Instructions

1. Toute instruction est écrite.
2. Une instruction illicite est signalée sans être exécutée.
3. L'établissement atteste que les personnes ont été informées.
4. Les données sensibles (art. 9 RGPD) sont exclues.

## A4 · Sous-traitants

| Étape | Délai | À compter de |
|---|---:|---|
| Annonce d'un nouveau sous-traitant | 30 jours | sa prise d'effet |
| Opposition de l'établissement | 15 j ouvrés | la réception de l'annonce |

Le contrat de sous-traitance est communiqué sur demande, ses manquements sont signalés, l'établissement en est tiers bénéficiaire.

| Sous-traitant | SIRET | Rôle | Pays | Délai d'effacement |
|---|---|---|---|---|
| Héron Cloud | 999 000 076 00013 | hébergement | France | 24 h |
| Foulque Mail | HRB 00077 (Köln) | envoi de courriels | Allemagne | 3 jours |

## A5 · Délais du sous-traitant

| N° | Événement | Délai |
|---|---|---|
| 1 | Transmission d'une demande de personne concernée | 2 jours ouvrés |
| 2 | Notification d'une violation, à partir de la connaissance qu'en a le sous-traitant | 24 h |
| 3 | Suppression d'un compte | 7 jours |
| 4 | Purge des sauvegardes | 3 mois |
| 5 | Suppression en fin de contrat | 60 jours |
| 6 | Destruction des preuves, après la fin du contrat | 5 ans |

Le point de contact est indiqué dans la notification. Aide à la consultation préalable. Certificat de destruction remis.

## A6 · Audits

Un audit par an, préavis de 10 jours ouvrés ; audit immédiat en cas d'indices. Suspension possible.

## A7 · Mesures

| Mesure | Valeur |
|---|---|
| Chiffrement | TLS 1.3, AES-256 |
| Mot de passe | ≥ 12 caractères, 1 majuscule, haché (Argon2id) |
| Sauvegarde complète | mensuelle, conservée 3 mois |
| Sauvegarde différentielle | quotidienne, conservée 7 jours |
| Journaux | 6 mois, pseudonymisés après effacement |
| Pièces jointes | 20 Mo max. |
| Disponibilité | 99,5 % |
| Support | 5j/7, de 9h00 à 18h00 |

## B · Traitement

Aucun transfert hors UE. Les données sont collectées, enregistrées, conservées, consultées, partagées, effacées. Base : mission d'intérêt public.

| Profil | Données | GAR | hors GAR |
|---|---|:-:|:-:|
| Enseignant | identité | ✓ | ✓ |
| Enseignant | courriel | | ✓ |
| Élève | identité, résultats | ✓ | ✓ |
`,
  ],
  [
    "text.en.md",
    `# Data processing agreement — Éditions Sarcelle

*Version of 3 March 2026.*

## A1 · Parties and definitions

| | Controller | Processor |
|:--|:--|:--|
| Name | the school | **Éditions Sarcelle** |
| Form | — | SAS with a capital of €10,000 |
| Seat | — | 8 bis, rue du Marais, 80000 Amiens |
| Register | — | RCS Amiens 999 000 068 |
| Representative | its head | Paul Haubourdin, managing director |
| Officer | — | Inès Vasseur, 8 bis, rue du Marais, 80000 Amiens – dpo@sarcelle.example – +33 3 22 00 00 00 |

## A2 · Term

The agreement ends with the contract (31 August 2027 at the latest), articles A6 and A7 staying in force as long as data is held.

## A3 · Instructions

1. Every instruction is written.
2. An unlawful instruction is flagged, and not followed.
3. The school attests that the persons have been informed.
4. Sensitive data (art. 9 GDPR) is excluded.

## A4 · Subprocessors

| Step | Period | Starting from |
|---|---:|---|
| Announcement of a new subprocessor | 30 days | its effect |
| Objection by the school | 15 business days | receipt of the announcement |

The contract is handed over on request, failures are announced, the school is a third-party beneficiary.

| Subprocessor | SIRET | Role | Country | Deletion |
|---|---|---|---|---|
| Héron Cloud | 999 000 076 00013 | hosting | France | 24 h |
| Foulque Mail | HRB 00077 (Köln) | e-mail | Germany | 3 days |

## A5 · Deadlines of the processor

| No. | Event | Period |
|---|---|---|
| 1 | Forwarding a data subject's request | 2 working days |
| 2 | Breach notice, from the processor's awareness | 24 h |
| 3 | Deletion of an account | 7 days |
| 4 | Purge of backups | 3 months |
| 5 | Deletion at the end | 60 days |
| 6 | Destruction of evidence, after the end | 5 years |

The contact point is in the notice. Help with prior consultation. Certificate of destruction.

## A6 · Audits

One audit a year, 10 working days' notice; at once upon indications. Suspension possible.

## A7 · Measures

| Measure | Value |
|---|---|
| Encryption | TLS 1.3, AES-256 |
| Password | ≥ 12 characters, 1 capital, hashed (Argon2id) |
| Full backup | monthly, kept 3 months |
| Differential backup | daily, kept 7 days |
| Logs | 6 months, pseudonymised after erasure |
| Attachments | 20 MB max. |
| Availability | 99.5% |
| Support | 5 days out of 7, 9 am to 6 pm |

## B · Processing

No transfer outside the EU. Data is collected, recorded, kept, consulted, shared, erased. Basis: public task.

| Profile | Data | GAR | outside GAR |
|---|---|:-:|:-:|
| Teacher | identity | ✓ | ✓ |
| Teacher | e-mail | | ✓ |
| Pupil | identity, results | ✓ | ✓ |
`,
  ],
]);
