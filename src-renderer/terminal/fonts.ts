// Cells are measured once, with the faces that are there then: so all of them are loaded before.

export const terminalFontFamily =
  '"JetBrains Mono", "Athene Symbols", ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace';

/** Glyphs that agents print all the time; each must be one cell wide. One of every face of the fallback family is among them. */
export const agentGlyphs = '●✓❯─█→□⎿✻⏺☐✔☑✗✘✽✶✢∗⏵⏸◐⠋⣿★⏎';

/** Resolves when the faces are there, and also when they can't be had: then the system's monospace is measured. */
export async function loadTerminalFonts(fonts: FontFaceSet = document.fonts): Promise<void> {
  const faces = [
    '13px "JetBrains Mono"',
    'bold 13px "JetBrains Mono"',
    'italic 13px "JetBrains Mono"',
    '13px "Athene Symbols"',
  ];
  await Promise.allSettled(faces.map((face) => fonts.load(face, `W${agentGlyphs}`)));
}
