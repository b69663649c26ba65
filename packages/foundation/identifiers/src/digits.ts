/** Digits as people type them, and the arithmetic that French identifiers share. */

/** Spaces, hyphens and dots (also the narrow and no-break spaces of French typography) removed. */
export function compact(text: string): string {
  return text.replace(/[\s.\u2010-\u2015-]/gu, "");
}

/** Luhn's check (ISO/IEC 7812-1 annex B): every second digit from the right counts double, less 9 above 9. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  let double = false;
  for (let i = digits.length - 1; i >= 0; i -= 1) {
    const digit = digits.charCodeAt(i) - 48;
    const value = double ? digit * 2 : digit;
    sum += value > 9 ? value - 9 : value;
    double = !double;
  }
  return sum % 10 === 0;
}
