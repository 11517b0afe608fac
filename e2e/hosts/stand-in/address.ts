// Chromium knows no scheme of ours, so inside it the app has an https origin; the main program sees only the true one.

const inside = 'https://app.athene.invalid';
const outside = 'athene://app';

export const toInside = (address: string): string => translate(address, outside, inside);
export const toOutside = (address: string): string => translate(address, inside, outside);

/** Exactly that origin: a longer host stays what it is. */
function translate(address: string, from: string, to: string): string {
  const rest = address.slice(from.length);
  return address.startsWith(from) && /^([/?#]|$)/.test(rest) ? `${to}${rest}` : address;
}
