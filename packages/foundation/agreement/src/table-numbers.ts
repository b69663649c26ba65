/** The numbers with which a table counts its own rows: marks, as those of a list, and no figures. */

/** What stands above them: nothing, or N°. */
const HEAD = /^\s*\|[\s*_]*(?:n[°ºo]?\.?|nos?\.?|#|num(?:éro|ber)?\.?|rang|rank|row|ligne|item)?[\s*_]*\|/iu;
const NUMBER = /^\s*\|\s*[*_]{0,3}\d{1,3}[.)]?[*_]{0,3}\s*(?=\|)/u;

/** Reads the lines of a text in order; says how much of a row is its number. */
export class TableNumbers {
  #inTable = false;
  #numbered = false;

  /** Length of the row's first cell when that is its number alone; 0 for any other line. */
  lengthIn(text: string, isRow: boolean): number {
    if (isRow && !this.#inTable) this.#numbered = HEAD.test(text);
    this.#inTable = isRow;
    return isRow && this.#numbered ? (NUMBER.exec(text)?.[0].length ?? 0) : 0;
  }
}
