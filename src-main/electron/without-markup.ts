/** Linux hands the text of a notification on as it is, and many desktops read tags, links, pictures and entities in it. */
export const withoutMarkup = (text: string): string =>
  text
    .replaceAll('<', '‹')
    .replaceAll('>', '›')
    .replace(/&(?=#?\w+;)/g, '＆');
