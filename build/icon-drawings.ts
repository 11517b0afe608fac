// The owl, drawn for every place where it stands outside of a window. Each function returns an SVG document.

export type TrayForm = 'idle' | 'working' | 'waiting';

/** On a field of 16 units: head with ear tufts, eyes and beak on whole pixels of the smallest size. */
const head =
  'M2.2 1.3C3.4 2.7 4.8 3.2 6.4 3.2h3.2c1.6 0 3-.5 4.2-1.9.5 1.7.7 3.2.7 5v2.5c0 3.7-2.7 6.2-6.5 6.2S1.5 12.5 1.5 8.8V6.3c0-1.8.2-3.3.7-5z';
const beak = 'M7 9.4h2L8 11.4z';
const eyes = (radius: number, colour: string): string =>
  [5, 11].map((x) => `<circle cx="${x}" cy="7" r="${radius}" fill="${colour}"/>`).join('');
const dot = (radius: number, colour: string): string => `<circle cx="13.2" cy="2.8" r="${radius}" fill="${colour}"/>`;

export interface TrayStyle {
  readonly colour: string;
  /** Sixteenths of the picture, on each side. */
  readonly margin: number;
  /** Pixels: the smallest ones have no room for pupils. */
  readonly size: number;
}

/** Idle is an outline, working is filled, waiting is filled with a dot. */
export function trayDrawing(form: TrayForm, style: TrayStyle): string {
  const { colour, margin } = style;
  const field = 16 + 2 * margin;
  return svg(`${-margin} ${-margin} ${field} ${field}`, form === 'idle' ? outlined(colour) : filled(form, style));
}

const outlined = (colour: string): string => `
  <path d="${head}" fill="none" stroke="${colour}" stroke-width="1.3" stroke-linejoin="round"/>
  ${eyes(1.5, colour)}
  <path d="${beak}" fill="${colour}"/>`;

const filled = (form: TrayForm, { colour, size }: TrayStyle): string => `
  <mask id="holes">
    <path d="${head}" fill="#fff" stroke="#fff" stroke-width=".6" stroke-linejoin="round"/>
    ${size < 22 ? eyes(1.7, '#000') : eyes(2.1, '#000') + eyes(0.8, '#fff')}
    <path d="${beak}" fill="#000"/>
    ${form === 'waiting' ? dot(3.7, '#000') : ''}
  </mask>
  <rect width="16" height="16" fill="${colour}" mask="url(#holes)"/>
  ${form === 'waiting' ? dot(2.7, colour) : ''}`;

const ink = '#e8ebf2';
const tile = '#141920';
const edge = '#39424f';

/** Corners and, on macOS, a margin as its icons have them. Small ones show the head only. */
export function appDrawing(size: number, system: 'mac' | 'other'): string {
  const [inset, radius] = system === 'mac' ? [100, 185] : [16, 200];
  const side = 1024 - 2 * inset;
  const owl = size <= 48 ? smallOwl : wholeOwl;
  const scale = side / 1024;
  return svg(
    '0 0 1024 1024',
    `<rect x="${inset + 4}" y="${inset + 4}" width="${side - 8}" height="${side - 8}" rx="${radius}" fill="${tile}" stroke="${edge}" stroke-width="8"/>
    <g transform="translate(${inset} ${inset}) scale(${scale})">${owl}</g>`,
  );
}

const smallOwl = `<g transform="translate(128 140) scale(48)">
  <path d="${head}" fill="none" stroke="${ink}" stroke-width="1.2" stroke-linejoin="round"/>
  ${eyes(1.7, ink)}
  <path d="${beak}" fill="${ink}"/>
</g>`;

/** The owl of the empty screens (src-renderer/components/owl.tsx), on 48 by 56 units. */
const wholeOwl = `<g transform="translate(212 157) scale(12.5)" fill="none" stroke="${ink}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">
  <path d="M5 3c3 4 8 5 12 5h14c4 0 9-1 12-5-1 7 1 12 1 20v10c0 10-8 17-20 17S4 43 4 33V23c0-8 2-13 1-20z"/>
  <circle cx="15.5" cy="20" r="6.5"/><circle cx="32.5" cy="20" r="6.5"/>
  <circle cx="15.5" cy="20" r="2" fill="${ink}"/><circle cx="32.5" cy="20" r="2" fill="${ink}"/>
  <path d="M22.5 26h3L24 29.5z"/>
  <path d="M17 36c1.5 1.8 3 1.8 4.5 0 1.5 1.8 3.5 1.8 5 0 1.5 1.8 3 1.8 4.5 0M20 41.5c1.3 1.5 2.7 1.5 4 0 1.3 1.5 2.7 1.5 4 0"/>
  <path d="M18 50v4M22 50v4M26 50v4M30 50v4M12 54.5h24"/>
</g>`;

/** The number over an icon of Windows' taskbar; `text` is 1 to 9 or 9+. */
export const overlayDrawing = (text: string): string =>
  svg(
    '0 0 16 16',
    `<circle cx="8" cy="8" r="8" fill="#c42b2b"/>
    <text x="8" y="${text.length > 1 ? 11.6 : 12.2}" text-anchor="middle" fill="#fff" font-family="Digits" font-weight="700"
      font-size="${text.length > 1 ? 9.5 : 11.5}" letter-spacing="${text.length > 1 ? -0.6 : 0}">${text}</text>`,
  );

const svg = (viewBox: string, content: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${viewBox}" width="100%" height="100%">${content}</svg>`;
