/** What the ledger takes for a scope: words, opaque ids and places, never a person's name. @clause D6.1c */
import type { Agreement } from "@preau/agreement";
import { type InstructionScope, instructionKinds, type NewInstruction, type Operation } from "@preau/kernel";
import { kernelFault } from "./errors.ts";

const OPERATIONS: ReadonlySet<string> = new Set<Operation>([
  ...(["store", "show", "send", "export", "answer", "erase", "return"] as const),
]);
const WORD = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const THING = /^[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}$/;
const FIELD = /^[A-Za-z0-9_.:-]{1,64}\.[A-Za-z0-9_:-]{1,64}$/;
const SUBJECT = /^sub_[0-9a-z_-]{1,36}$/i;
const CLAUSE = /^[A-Za-z0-9][\p{L}0-9. -]{0,39}$/u;
const KEY = /^[\x21-\x7e]{1,160}$/;
const MOST = 500;

/** @throws INSTRUCTION_BAD naming the field */
export function requireTerms({ kind, clause, scope, key }: NewInstruction): void {
  const bad = (place: string) => kernelFault("INSTRUCTION_BAD", { place, clause: "D6.1c" });
  if (!instructionKinds.includes(kind)) throw bad("kind");
  if (!CLAUSE.test(clause)) throw bad("clause");
  if (key !== undefined && !KEY.test(key)) throw bad("key");
  const bound = wrongMember(scope);
  if (bound !== undefined) throw bad(`scope.${bound}`);
}

function wrongMember(scope: InstructionScope): string | undefined {
  const lists: readonly (readonly [string, readonly string[] | undefined, (text: string) => boolean])[] = [
    ["operations", scope.operations, (each) => OPERATIONS.has(each)],
    ["recipients", scope.recipients, (each) => WORD.test(each)],
    ["purposes", scope.purposes, (each) => WORD.test(each)],
    ["categories", scope.categories, (each) => WORD.test(each)],
    ["about", scope.about, (each) => THING.test(each) && !SUBJECT.test(each)],
    ["fields", scope.fields, (each) => FIELD.test(each)],
  ];
  if (scope.product !== undefined && !WORD.test(scope.product)) return "product";
  if (scope.subject !== undefined && !SUBJECT.test(scope.subject)) return "subject";
  return lists.find(([, list, fits]) => list !== undefined && (list.length > MOST || !list.every(fits)))?.[0];
}

/**
 * Words that a person typed must be the agreement's: a slip of the pen would otherwise stand as an instruction that reaches nobody.
 * @throws INSTRUCTION_BAD naming the field
 */
export function requireKnownWords(
  agreement: Agreement,
  announced: readonly { readonly recipient: string }[],
  { product, purposes, categories, recipients }: InstructionScope,
): void {
  const ids = (list: readonly { readonly id: string }[]) => new Set(list.map(({ id }) => id));
  const all = [...agreement.annexC, ...announced].map(({ recipient: id }) => ({ id }));
  const known = [
    ["product", product === undefined ? [] : [product], ids(agreement.products)],
    ["purposes", purposes ?? [], ids(agreement.purposes)],
    ["categories", categories ?? [], ids(agreement.categories)],
    ["recipients", recipients ?? [], ids([...agreement.recipients, ...all])],
  ] as const;
  const wrong = known.find(([, words, list]) => words.some((word) => !list.has(word)))?.[0];
  if (wrong !== undefined) throw kernelFault("INSTRUCTION_BAD", { place: `scope.${wrong}`, clause: "D6.1c" });
}
