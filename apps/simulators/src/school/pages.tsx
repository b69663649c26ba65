/** The demo school's few pages: enough to see that people, results, files and log rows are there, or no longer. */
import type { ComponentChildren } from "preact";
import type { SchoolAccount, SchoolClass, SchoolCounts, SchoolLogRow, SchoolResult } from "./store.ts";

function Layout(props: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <html lang="fr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${props.title} · École de démonstration`}</title>
        <link rel="stylesheet" href="/school.css" />
      </head>
      <body>
        <header>
          <a href="/">École de démonstration</a>
          <nav aria-label="Rubriques">
            <a href="/">Classes</a> <a href="/accounts">Comptes</a> <a href="/log">Journal</a>
          </nav>
        </header>
        <main>
          <h1>{props.title}</h1>
          {props.children}
        </main>
        <footer>Une petite application d’école, sur sa propre base. Tout le monde ici est inventé.</footer>
      </body>
    </html>
  );
}

export function HomePage(props: { readonly classes: readonly SchoolClass[]; readonly counts: SchoolCounts }) {
  return (
    <Layout title="Classes">
      <ul>
        {props.classes.map((each) => (
          <li key={each.id}>
            <a href={`/classes/${each.id}`}>{each.name}</a> · {each.pupils} élèves
          </li>
        ))}
      </ul>
      <h2>Ce que contient la base</h2>
      <Rows heads={["Table", "Lignes"]} rows={props.counts.map((count) => [count.table, count.rows])} />
    </Layout>
  );
}

export function AccountsPage(props: { readonly accounts: readonly SchoolAccount[] }) {
  return (
    <Layout title="Comptes">
      <Rows
        heads={["N°", "Nom", "Rôle", "Identifiant", "Adresse"]}
        rows={props.accounts.map((account) => [
          String(account.id),
          `${account.last_name} ${account.first_name}`,
          account.role === "teacher" ? "enseignant" : "élève",
          account.login,
          account.email ?? "",
        ])}
      />
    </Layout>
  );
}

export function ClassPage(props: { readonly name: string; readonly results: readonly SchoolResult[] }) {
  return (
    <Layout title={props.name}>
      <Rows
        heads={["Élève", "Compétence", "Note", "Enseignant", "Commentaire"]}
        rows={props.results.map((result) => [
          result.pupil,
          result.skill,
          `${result.score}/20`,
          result.teacher ?? "(sans auteur)",
          result.comment ?? "",
        ])}
      />
    </Layout>
  );
}

const ACTIONS: Readonly<Record<string, string>> = {
  signedIn: "connexion",
  resultViewed: "résultat consulté",
  fileDownloaded: "fichier téléchargé",
};

export function LogPage(props: { readonly rows: readonly SchoolLogRow[] }) {
  return (
    <Layout title="Journal des actions">
      <Rows
        heads={["Quand (UTC)", "Compte", "Action", "Adresse IP"]}
        rows={props.rows.map((row) => [
          row.at.slice(0, 16).replace("T", " "),
          String(row.account_id),
          ACTIONS[row.action] ?? row.action,
          row.ip ?? "",
        ])}
      />
    </Layout>
  );
}

export function NotFoundPage() {
  return (
    <Layout title="Page inconnue">
      <p>
        Il n’y a rien à cette adresse. <a href="/">Retour aux classes</a>
      </p>
    </Layout>
  );
}

function Rows(props: {
  readonly heads: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}) {
  if (props.rows.length === 0) return <p>Rien à montrer.</p>;
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Tableau">
      <table>
        <thead>
          <tr>
            {props.heads.map((head, h) => (
              <th
                scope="col"
                key={head}
                class={typeof props.rows[0]?.[h] === "number" ? "number" : undefined}
              >
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row, i) => (
            <tr key={i}>
              {row.map((cell, c) => (
                <td key={c} class={typeof cell === "number" ? "number" : undefined}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
