/** Holds of one controller: what each covers, on what basis, until when, who placed it; and how to place and lift one. */
import { sayDay } from "@preau/calendar";
import { actorRoles, type ControllerId, type Language } from "@preau/kernel";
import { Button, Clause, Field, Form, Moment, Notice, Table } from "@preau/web";
import type { Hold } from "../hold.ts";
import { purgesTextsOf } from "../say-rule.ts";
import { Reference } from "./purge-page.tsx";

export interface HoldsPageProps {
  readonly language: Language;
  readonly controller: ControllerId;
  readonly standing: readonly Hold[];
  readonly past: readonly Hold[];
  readonly categories: readonly { readonly id: string; readonly name: string }[];
  readonly hrefOf: (path: string) => string;
  readonly decides: boolean;
  readonly namesInstruction: boolean;
  /** What was sent and refused, with the sentence that says why. */
  readonly refused?: {
    readonly says: string;
    readonly remedy?: string | undefined;
    readonly form: URLSearchParams;
  };
}

export function HoldsPage(props: HoldsPageProps) {
  const { language, controller, standing, past, hrefOf, decides } = props;
  const words = purgesTextsOf(language);
  return (
    <>
      <p class="over">
        <a href={hrefOf("/retention")}>{words.title}</a> · {controller}
      </p>
      <h1>
        {words.holdsTitle} <Clause id="D6.2c" />
      </h1>
      <p class="lead">{words.holdsLead}</p>
      <HoldTable {...props} caption={words.holdsStanding} holds={standing} lifts={decides} />
      {decides && <PlaceHold {...props} />}
      {past.length > 0 && <HoldTable {...props} caption={words.holdsPast} holds={past} lifts={false} />}
    </>
  );
}

interface HoldTableProps extends HoldsPageProps {
  readonly caption: string;
  readonly holds: readonly Hold[];
  readonly lifts: boolean;
}

function HoldTable({
  language,
  caption,
  holds,
  lifts,
  categories,
  controller,
  hrefOf,
  namesInstruction,
}: HoldTableProps) {
  const words = purgesTextsOf(language);
  const covers = (hold: Hold) => {
    if (hold.covers === "controller") return words.coversController;
    if (hold.covers === "category")
      return categories.find(({ id }) => id === hold.category)?.name ?? hold.category ?? "–";
    return hold.subject === undefined ? (
      words.coversGone
    ) : (
      <a href={hrefOf(`/retention/subjects/${hold.subject}`)}>
        <code>{hold.subject}</code>
      </a>
    );
  };
  return (
    <Table<Hold>
      caption={caption}
      empty={words.holdsEmpty}
      columns={[
        { title: words.holdCovers, cell: covers },
        {
          title: words.holdBasis,
          cell: (row) => (
            <>
              {row.basis}
              <span class="below">{row.lawful ? words.holdLawful : words.holdOptional}</span>
            </>
          ),
        },
        {
          title: words.holdUntil,
          cell: (row) => (row.until === undefined ? words.holdNoEnd : sayDay(row.until, language)),
        },
        {
          title: words.holdBy,
          cell: (row) => (
            <>
              {actorRoles[row.placedBy][language]}
              <span class="below">
                <Moment at={row.placedAt} />
              </span>
            </>
          ),
        },
        {
          title: lifts ? words.holdLift : words.state,
          cell: (row) =>
            lifts ? (
              <Form action={`/retention/holds/${row.id}/lift`} class="inline">
                <input type="hidden" name="controller" value={controller} />
                {namesInstruction && (
                  <input
                    name="reference"
                    aria-label={words.reference}
                    placeholder={words.reference}
                    required
                  />
                )}
                <button type="submit" class="quiet" aria-label={words.holdLiftOf(row.id)}>
                  {words.holdLift}
                </button>
              </Form>
            ) : row.liftedAt === undefined ? (
              words.holdOver
            ) : (
              <>
                {words.holdLifted} <Moment at={row.liftedAt} />
              </>
            ),
        },
      ]}
      rows={holds}
    />
  );
}

function PlaceHold({ language, controller, categories, namesInstruction, refused }: HoldsPageProps) {
  const words = purgesTextsOf(language);
  const sent = (name: string) => refused?.form.get(name) ?? "";
  return (
    <>
      <h2>{words.holdPlace}</h2>
      {refused !== undefined && (
        <Notice kind="danger" title={refused.says}>
          {refused.remedy !== undefined && <p>{refused.remedy}</p>}
        </Notice>
      )}
      <Form action="/retention/holds">
        <input type="hidden" name="controller" value={controller} />
        <Field
          name="covers"
          label={words.holdCovers}
          value={sent("covers")}
          options={[
            ["person", words.coversPerson],
            ["category", words.coversCategory],
            ["controller", words.coversController],
          ]}
        />
        <Field
          name="subject"
          label={words.holdSubject}
          hint={words.holdSubjectHint}
          value={sent("subject")}
        />
        <Field
          name="category"
          label={words.holdCategory}
          hint={words.holdCategoryHint}
          value={sent("category")}
          options={[["", words.noCategory], ...categories.map(({ id, name }) => [id, name] as const)]}
        />
        <Field
          name="basis"
          label={words.holdBasis}
          hint={words.holdBasisHint}
          type="textarea"
          value={sent("basis")}
          required
        />
        <Field
          name="lawful"
          label={words.holdLawful}
          hint={words.holdLawfulHint}
          type="checkbox"
          value="yes"
          checked={sent("lawful") === "yes"}
        />
        <Field
          name="until"
          label={words.holdUntil}
          hint={words.holdUntilHint}
          type="date"
          value={sent("until")}
        />
        {namesInstruction && <Reference language={language} required />}
        <Button>{words.holdPlaceButton}</Button>
      </Form>
    </>
  );
}
