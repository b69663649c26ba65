import type { CopyTexts } from "./copy-fr.ts";

const plural = (count: number, one: string, many: string) =>
  `${new Intl.NumberFormat("en-GB").format(count)}\u00a0${count === 1 ? one : many}`;

/** The words of a person's copy. Short sentences: a pupil, a parent and a teacher read them. */
export const copyEn: CopyTexts = {
  yes: "yes",
  no: "no",
  dayUnit: "d",
  notKnown: "not known",
  colon: ": ",
  titles: {
    access: "The copy of your personal data",
    portability: "Your data, to take along",
  },
  pdfName: "copy.pdf",
  rows: (count) => plural(count, "row", "rows"),
  held: (rows, files) => (files === 0 ? rows : `${rows} and ${plural(files, "file", "files")}`),

  madeOn: "Made on",
  for: "On behalf of",
  by: "Made by",
  askedBy: "Asked for by",
  role: "You are",
  agreement: "Agreement that applies",
  clock: "Times",
  clockOf: (zone) => `those of your school (${zone})`,

  inShort: "In short",
  accessLead: (processor, controller, held) =>
    `This copy brings together everything that ${processor} keeps about you on behalf of ${controller}: ${held}.`,
  portabilityLead: (processor, controller, held) =>
    `This folder brings together the data that you gave, or that comes from what you did, and that ${processor} keeps on behalf of ${controller}: ${held}. Another service can read it.`,
  nothingHeld: (processor, controller) =>
    `${processor} keeps nothing about you on behalf of ${controller}: every store of data was read, and none has a row about you.`,
  nothingToTake:
    "Data about you is kept, but none of it falls under the right to portability. Ask for a copy: it holds everything.",
  mostOf: "What you will find",
  restricted:
    "The use of your data is restricted (GDPR, art. 18): it is kept, but no longer used. You still have the right to this copy.",
  withheldLead: (count) =>
    `${plural(count, "value was taken out", "values were taken out")}: they stand for another person, whose data is theirs (GDPR, art. 15(4)), or are a secret such as a password.`,
  notGivenLead: (count) =>
    `${plural(count, "file is not enclosed", "files are not enclosed")}: the reason stands further down.`,
  unnamedLead: (names) =>
    `Annex B of the agreement does not name these categories in these words: ${names}. You receive them all the same. Your school can tell you to which line of the annex they belong, or why they are there.`,

  howToRead: "How to read this folder",
  read: {
    index: "this page, to read in a browser, without a connection",
    pdf: "the same, to print",
    dataCsv: "every row, to open in a spreadsheet",
    dataJson: "every row, with its exact value, for a program",
    files: "your files",
    context: "why and how your data is used, for a program",
    schema: "the description of the format of the data",
  },
  apostrophe:
    "In the .csv files, an apostrophe is put in front of a text that a spreadsheet would take for a formula. The .json files have the exact text.",

  allShown: (rows) => `${rows}.`,
  newestShown: (rows, shown) => `${rows}. The ${shown} newest are here; all of them are in the file`,
  inFile: "File",
  onlyTechnical: (rows) => `${rows} of technical values. They are in the file`,
  otherDetails: "Other details",
  takenOut: "(taken out)",
  technicalValue: "technical value",
  takenOutOf: (count, columns) =>
    `Taken out ${plural(count, "time", "times")} (${columns}): what stands for another person, or a secret.`,
  noTables: "Nothing is kept here.",
  unnamedHere: "Annex B of the agreement does not name this category in these words.",
  technical: "Technical data",
  technicalSays:
    "These tables make the application work: numbers, settings, traces. They are about you, and you have a right to them too.",

  yourFiles: "Your files",
  filesGiven: "Files enclosed",
  fileName: "File",
  fileFrom: "Where it comes from",
  fileSize: "Size",
  moreFiles: (count) =>
    `${plural(count, "more file is enclosed", "more files are enclosed")} without standing in this table: look into the folder files.`,
  filesNotGiven: "Files not enclosed",
  why: "Why",
  reference: "Reference",
  missing: "It is on record, but its content is no longer in the storage.",
  namesOthers:
    "It names other persons, or could not be read to its end to know it (GDPR, art. 15(4)). Ask your school for it, which decides.",
  unnamedFile: "a file",

  leftOut: "What is not in this folder",
  leftOutLead:
    "The right to portability is about data that you gave, or that comes from what you did, when a computer processes it on the basis of consent or a contract (GDPR, art. 20(1)). It is not about a task in the public interest (art. 20(3)). To receive everything, ask for a copy (art. 15).",
  leftOutRows: "Left out",
  leftOutNothing: "Nothing was left out.",
  unsettled: (purposes) =>
    `No legal basis is stated for: ${purposes}. This data is given to you: better more than less.`,
  derived:
    "A store of data does not always tell what comes from you from what others wrote about you, such as a mark: where in doubt, it is given.",
  contentsOf: "What this folder holds",
  table: "Table",
  rowCount: "Rows",
  file: "File",

  whyAndHow: "Why and how this data is used",
  whoIsResponsible: "Who is responsible",
  controller: "Controller",
  controllerContact: "How to reach it",
  controllerOfficer: "Its data protection officer",
  processor: "Processor",
  processorOfficer: "The processor’s officer",
  purposes: "What it is for",
  purpose: "Purpose",
  legalBasis: "Legal basis",
  services: "Service",
  clause: "Clause",
  unnamedPurpose: "The agreement does not name this purpose in these words",
  categories: "Which data",
  category: "Category",
  notInTheseWords: "not in these words",
  namedByAgreement: "Named by annex B",
  recipients: "Who may receive it",
  recipient: "Recipient",
  does: "What it does",
  forPurposes: "For",
  everyPurpose: "every purpose",
  subprocessorLead: "Subprocessor",
  retention: "For how long",
  kept: "What is kept",
  period: "Period",
  countedFrom: "Counted from",
  then: "Then",
  atMost: "at most",
  ownPeriod: "period chosen by your school",
  rights: "Your rights",
  rightsLead: "To use a right, turn to your school. It is free of charge.",
  answerWithin: (period) => `It answers you within ${period}.`,
  forwardWithin: (processor, period) =>
    `If you write to ${processor}, your request is passed on to the school within ${period}.`,
  rightWords: {
    rectification: [
      "Have it corrected",
      "Something is wrong or incomplete: you can have it corrected (art. 16).",
    ],
    erasure: ["Have it erased", "In some cases you can have your data erased (art. 17)."],
    restriction: [
      "Have it restricted",
      "You can ask that your data is kept without being used, for example while somebody checks whether it is right (art. 18).",
    ],
    objection: [
      "Object",
      "You can object to the use of your data for reasons of your own situation (art. 21).",
    ],
    portability: [
      "Take your data along",
      "Where the basis is consent or a contract, you can receive your data in a format that another service reads (art. 20).",
    ],
  },
  complaint: "Complaint",
  complaintSays:
    "You can complain to the CNIL, the supervisory authority (GDPR, art. 77): 3, place de Fontenoy, TSA 80715, 75334 Paris Cedex 07, France, www.cnil.fr.",
  source: "Where it comes from",
  sourceWords: {
    gar: "from GAR, the ministry’s access manager, through which you sign in: it passes on what your school has entered there",
    outsideGar:
      "from your school, which made your account, and from yourself, by what you write and do in the application",
  },
  sourceUnknown: "not known: no store of data tells how your account came to be",
  automated: "Automated decisions",
  noneAutomated: (operations) => `The agreement provides for none: the processing consists of ${operations}.`,
  automatedUnknown: "not known: the agreement does not say what the processing consists of",
  transfers: "Outside the European Union",
  noTransfers: "The agreement says that today no data leaves the European Union.",
  someTransfers: "Data goes outside the European Union:",
  transfersUnknown: "not known: the agreement says nothing about it",
  transferTo: (company, country, mechanism) => `${company}, ${country}: ${mechanism}`,

  notCovered: "What this copy could not reach",
  notCoveredLead:
    "The stores of data say themselves what they do not reach when they look for a person, be it for a copy or for an erasure.",
  storeCategories: { technical: "Technical data" },
  storePurposes: {
    teaching: "teaching",
    security: "security and traceability",
    legalObligation: "a legal obligation",
  },
  empty: "–",
};
