/** The change of school year: what would happen, the button that does it, the button that takes it back. */
import { Form, Layout, type Page, Rows } from "./layout.tsx";
import type { RolloverPlan } from "./plan-rollover.ts";

export interface YearPageProps {
  readonly page: Page;
  readonly plan: RolloverPlan;
  readonly undoable: boolean;
  /** The school changed between preview and button. */
  readonly changed: boolean;
}

export function YearPage({ page, plan, undoable, changed }: YearPageProps) {
  const { words } = page;
  const { year, classes, moves, staying } = plan;
  return (
    <Layout page={page} title={words.year.title}>
      {changed && (
        <p class="done" role="alert">
          {words.year.changed}
        </p>
      )}
      <p>{words.year.says(year.label, year.next)}</p>
      <Rows
        page={page}
        heads={[words.year.from, words.level, words.year.to, words.year.moving]}
        rows={classes.map((cls) => {
          const own = moves.filter(({ from }) => from.id === cls.id);
          const to = own[0]?.to;
          const goes = to === undefined ? words.year.leaving : to.name;
          return [cls.name, cls.level, own.length === 0 ? words.none : goes, own.length];
        })}
      />
      {staying > 0 && <p>{words.year.staying(staying)}</p>}
      <p class="soft">{words.year.archive}</p>
      <Form page={page} action="/year/roll">
        <input type="hidden" name="fingerprint" value={plan.fingerprint} />
        <button>{words.year.run}</button>
      </Form>
      <h2>{words.year.undo}</h2>
      {undoable ? (
        <Form page={page} action="/year/undo">
          <p class="soft">{words.year.undoSays}</p>
          <button class="danger">{words.year.undo}</button>
        </Form>
      ) : (
        <p class="soft">{words.year.noUndo}</p>
      )}
    </Layout>
  );
}
