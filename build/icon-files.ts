// Every picture that code and packager name: where it lies, its size, and what is drawn on it.
import { appDrawing, overlayDrawing, trayDrawing, type TrayForm } from './icon-drawings.ts';

export interface IconFile {
  /** Path from the top folder. */
  readonly path: string;
  /** Pixels, square. */
  readonly size: number;
  readonly drawing: string;
}

export const images = 'src-main/electron/images';
export const icons = 'build/icons';

const forms: readonly TrayForm[] = ['idle', 'working', 'waiting'];
/** Sizes of Linux' icon themes. */
export const appSizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024];

const black = '#000000';
const onDark = '#f2f4f8';
const onLight = '#1b2028';

export const iconFiles: readonly IconFile[] = [
  ...forms.flatMap(trayFiles),
  ...Array.from({ length: 9 }, (_, n) =>
    scaled(`overlay-${n + 1}`, 16, [1, 2], () => overlayDrawing(String(n + 1))),
  ).flat(),
  ...scaled('overlay-9-plus', 16, [1, 2], () => overlayDrawing('9+')),
  { path: `${images}/athene.png`, size: 256, drawing: appDrawing(256, 'other') },
  ...appSizes.map((size) => ({ path: `${icons}/${size}x${size}.png`, size, drawing: appDrawing(size, 'other') })),
];

/** macOS colours its own; elsewhere there is one for dark panels and one for light ones. */
function trayFiles(form: TrayForm): IconFile[] {
  const panels = [
    ['on-dark', onDark],
    ['on-light', onLight],
  ] as const;
  return [
    ...scaled(`tray-${form}-Template`, 16, [1, 2], (size) => trayDrawing(form, { colour: black, margin: 0, size })),
    ...panels.flatMap(([panel, colour]) => [
      ...scaled(`tray-${form}-${panel}`, 16, [1, 1.25, 1.5, 2], (size) =>
        trayDrawing(form, { colour, margin: 0, size }),
      ),
      ...scaled(`tray-${form}-${panel}-22`, 22, [1, 2], (size) => trayDrawing(form, { colour, margin: 1.5, size })),
    ]),
  ];
}

function scaled(name: string, size: number, scales: readonly number[], draw: (size: number) => string): IconFile[] {
  return scales.map((scale) => ({
    path: `${images}/${name}${scale === 1 ? '' : `@${scale}x`}.png`,
    size: size * scale,
    drawing: draw(size * scale),
  }));
}
