// The few pages that are shown instead of the screen. They hold no outside text.

const page = (title: string, text: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
  `<meta name="color-scheme" content="dark light"><title>Athene: ${title}</title>` +
  `<body style="font: 16px/1.5 system-ui, sans-serif; max-width: 34em; margin: 15vh auto; padding: 0 1em">` +
  `<h1 style="font-size: 1.25em">${title}</h1><p>${text}</p></body></html>`;

export const pages = {
  signIn: page(
    'This browser is not let in yet',
    'Open the address that <code>athene serve</code> printed in its terminal. Press Enter there for a new one.',
  ),
  ticketSpent: page(
    'This address has been used or is too old',
    'An address of <code>athene serve</code> works once and for one minute. Press Enter in its terminal for a new one.',
  ),
  notBuilt: page(
    'The screen is not built yet',
    'Run <code>npm start</code> in the folder of Athene: it builds the screen and starts it.',
  ),
} as const;
