/** Pages that use every component, in both languages: what the browser tests look at. */
import { controllerId, instant, type Page } from "@preau/kernel";
import type { ApiToken } from "../src/api-tokens.ts";
import {
  Button,
  Clause,
  Countdown,
  Definition,
  Field,
  Form,
  Moment,
  Notice,
  sayNumber,
  Table,
  usePage,
  Verdict,
  webRoutes,
} from "../src/index.ts";
import { ApiTokensPage } from "../src/pages/api-tokens-page.tsx";
import { sendPage } from "../src/pages/send-page.tsx";

const SCHOOL = controllerId("lycee-des-tilleuls");
const DUE = instant("2026-11-24T07:47:00.000Z");
const STARTED = instant("2026-11-23T07:47:00.000Z");
const LATE = instant("2026-11-20T07:47:00.000Z");

const tables: readonly { name: string; erased: number; kept: number }[] = [
  { name: "school_result", erased: 1482, kept: 0 },
  { name: "school_log", erased: 312, kept: 24 },
  { name: "school_file", erased: 7, kept: 0 },
];

function Erasure() {
  const { language } = usePage();
  const fr = language === "fr";
  return (
    <>
      <p class="over">{fr ? "Effacement" : "Erasure"}</p>
      <h1>{fr ? "Votre compte est en cours d’effacement" : "Your account is being erased"}</h1>
      <p class="lead">
        {fr
          ? "L’accord nous donne vingt-quatre heures. Vous pouvez fermer cette page : le reçu vous attendra ici."
          : "The agreement gives us twenty-four hours. You may close this page: the receipt will wait for you here."}
      </p>
      <Definition
        entries={[
          [
            fr ? "Échéance" : "Due",
            <>
              <Moment at={DUE} />{" "}
              <Clause id="D12.2" title={fr ? "Effacement sous 24 heures" : "Erasure within 24 hours"} />
            </>,
          ],
          [fr ? "Temps restant" : "Time left", <Countdown until={DUE} />],
          [fr ? "Demandé" : "Requested", <Moment at={STARTED} />],
          [fr ? "Ancienne échéance" : "Earlier due date", <Countdown until={LATE} />],
          [fr ? "Verdict" : "Verdict", <Verdict verdict="PENDING" />],
        ]}
      />
      <h2>{fr ? "Ce qui est parti, ce qui reste" : "What went, what stays"}</h2>
      <Table
        caption={fr ? "Lignes par table" : "Rows by table"}
        columns={[
          { title: fr ? "Table" : "Table", cell: (row) => <code>{row.name}</code> },
          {
            title: fr ? "Effacées" : "Erased",
            cell: (row) => sayNumber(row.erased, language),
            numeric: true,
          },
          { title: fr ? "Gardées" : "Kept", cell: (row) => sayNumber(row.kept, language), numeric: true },
          { title: "Verdict", cell: (row) => <Verdict verdict={row.kept > 0 ? "UNKNOWN" : "PASS"} /> },
        ]}
        rows={tables}
      />
      <Notice kind="warn">
        <p>
          {fr
            ? "24 lignes du journal d’activité sont gardées sans identité jusqu’au 23 mai 2028."
            : "24 rows of the activity log are kept without identity until 23 May 2028."}{" "}
          <Clause id="DD.7" />
        </p>
      </Notice>
      <Notice kind="info">
        <p>{fr ? "Rien à faire de votre côté." : "Nothing for you to do."}</p>
      </Notice>
      <Notice kind="ok" />
      <Notice kind="danger">
        <p>{fr ? "Une table n’a pas pu être atteinte." : "One table could not be reached."}</p>
      </Notice>
      <p>
        <Verdict verdict="PASS" /> <Verdict verdict="FAILED" /> <Verdict verdict="UNKNOWN" />{" "}
        <Verdict verdict="PENDING" />
      </p>
      <h2>{fr ? "Demander un effacement" : "Ask for an erasure"}</h2>
      <Form action="/erasure">
        <Field
          name="reason"
          label={fr ? "Motif" : "Reason"}
          hint={fr ? "Une phrase suffit." : "One sentence is enough."}
          required
        />
        <Field
          name="ground"
          label={fr ? "Fondement" : "Ground"}
          options={[
            ["account-deleted", fr ? "Compte supprimé" : "Account deleted"],
            ["instruction", "Instruction"],
          ]}
        />
        <Field
          name="date"
          label={fr ? "Date d’effet" : "Effective date"}
          type="date"
          error={fr ? "Cette date est passée." : "This date is past."}
        />
        <Field name="note" label={fr ? "Remarque" : "Note"} type="textarea" />
        <Field
          name="sure"
          type="checkbox"
          label={fr ? "J’ai lu ce qui précède" : "I have read the above"}
          required
        />
        <div class="actions">
          <Button>{fr ? "Demander" : "Ask"}</Button>
          <Button kind="danger" name="now" value="1">
            {fr ? "Effacer maintenant" : "Erase now"}
          </Button>
          <Button kind="secondary" href="/">
            {fr ? "Annuler" : "Cancel"}
          </Button>
        </div>
      </Form>
    </>
  );
}

export const sampleMenu: readonly Page[] = [
  { path: "/", title: { fr: "Accueil", en: "Home" }, who: "anyone" },
  { path: "/erasure", title: { fr: "Effacements", en: "Erasures" }, who: "anyone" },
  { path: "/journal", title: { fr: "Journal", en: "Journal" }, who: "signedIn" },
  { path: "/desk", title: { fr: "Support", en: "Support" }, who: ["support"] },
];

const TOKEN: ApiToken = {
  ...{ id: "tok_0000000000000000000000000z", controller: SCHOOL, use: "lms", madeAt: STARTED },
  ...{ scopes: ["requests:write", "requests:read"], expiresAt: instant("2027-05-22T07:47:00.000Z") },
  madeBy: { role: "controllerAdministrator" },
};

export const sampleRoutes = webRoutes([
  {
    method: "get",
    path: "/tokens",
    who: "anyone",
    handler: (request, response) => {
      const tokens = [TOKEN, { ...TOKEN, lastUsedOn: "2026-11-22", revokedAt: DUE }];
      const page = <ApiTokensPage {...{ controller: SCHOOL, tokens, now: STARTED }} staff wrong revoked />;
      sendPage(request, response, page, { title: { fr: "Jetons", en: "Tokens" } });
    },
  },
  {
    method: "get",
    path: "/erasure",
    who: "anyone",
    handler: (request, response) => {
      sendPage(request, response, <Erasure />, { title: { fr: "Effacement", en: "Erasure" } });
    },
  },
  {
    method: "post",
    path: "/erasure",
    who: "anyone",
    handler: (request, response) => {
      response.status(201).json({ reason: request.form.get("reason") });
    },
  },
]);
