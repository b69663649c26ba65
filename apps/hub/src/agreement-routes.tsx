/** The agreement as a reader would want it. It holds no personal data: anybody may read it. */
import { type LocalDate, mainland, type Place } from "@preau/calendar";
import { sendPage, type WebHandler, type WebRequest, type WebRoute, webRoutes } from "@preau/web";
import { readBooks } from "./agreement-book.ts";
import { agreementTextsOf } from "./agreement-texts.ts";
import { exampleOf, startFrom } from "./clause-clock.ts";
import {
  type ClauseEntry,
  countStates,
  indexClauses,
  type StateFilter,
  searchClauses,
} from "./clause-index.ts";
import { readClauseList } from "./clause-list.ts";
import { rulesOf } from "./clause-rules.ts";
import { cutAtClauses } from "./clause-sections.ts";
import { fault } from "./errors.ts";
import type { Hub } from "./hub.ts";
import { AgreementClausePage } from "./pages/agreement-clause-page.tsx";
import { AgreementIndexPage } from "./pages/agreement-index-page.tsx";
import type { Opens } from "./route-table.ts";

const LONGEST_SEARCH = 200;

/** @throws HUB_FILE_UNREADABLE, AGREEMENT_INVALID */
export function agreementRoutes(hub: Hub, opens: Opens): readonly WebRoute[] {
  const books = readBooks(hub.config);
  const list = readClauseList();
  const indexes = { fr: indexClauses(books, list, "fr"), en: indexClauses(books, list, "en") };
  const counts = countStates(list);

  const showIndex: WebHandler = (request, response) => {
    const { language } = request;
    const entries = indexes[language];
    const search = textOf(request.query["q"]);
    const state = stateOf(request.query["state"]);
    const found = searchClauses(entries, { search, state }, language);
    sendPage(
      request,
      response,
      <AgreementIndexPage {...{ books, entries, found, search, state, counts }} />,
      {
        title: agreementTextsOf(language).title,
      },
    );
  };

  const showClause: WebHandler = async (request, response) => {
    const { language } = request;
    const entries = indexes[language];
    const id = request.params["clause"];
    const at = entries.findIndex((each) => each.id === id);
    const entry = entries[at];
    if (entry === undefined) throw fault("HUB_CLAUSE_UNKNOWN");
    const place = await placeOfReader(hub, request);
    const from = startFrom(request.query["from"]);
    const page = (
      <AgreementClausePage
        {...{ entry, place, from }}
        book={entry.book}
        bindingText={bindingTextOf(entry)}
        within={entries.filter(({ chapter }) => chapter === entry.id)}
        previous={entries[at - 1]}
        next={entries[at + 1]}
        examples={examplesOf(entry, from, place)}
        proof={{ opens: (path) => opens(path, request.session) }}
      />
    );
    sendPage(request, response, page, { title: `${entry.id} · ${entry.title}` });
  };

  return webRoutes([
    { method: "get", path: "/agreement", who: "anyone", handler: showIndex },
    { method: "get", path: "/agreement/:clause", who: "anyone", handler: showClause },
  ]);
}

function examplesOf({ book, id }: ClauseEntry, from: LocalDate, place: Place) {
  return rulesOf(book.agreement, id).periods.map((period) => exampleOf(period, from, place));
}

/** The French text, where it alone binds and the reader is shown another. */
function bindingTextOf({ book, id, language, text }: ClauseEntry): string | undefined {
  if (language === "fr" || text === undefined) return undefined;
  return cutAtClauses(book.agreement.texts.fr ?? "").sections.find(({ clause }) => clause === id)?.body;
}

/** A client's own calendar; the mainland's for everybody else. */
async function placeOfReader(hub: Hub, { session }: WebRequest): Promise<Place> {
  if (session === undefined) return mainland;
  const { unitOfWork, contracts } = hub.ports;
  return unitOfWork.transaction((unit) => contracts.placeOf(unit, session.data.controller));
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value.trim().slice(0, LONGEST_SEARCH) : "";
}

function stateOf(value: unknown): StateFilter {
  return value === "enforced" || value === "planned" || value === "by hand" ? value : "all";
}
