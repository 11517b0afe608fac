// Which addresses are the app's own page, told by parsing them and never by how they begin.

export const appScheme = 'athene';
const appHost = 'app';
export const appOrigin = `${appScheme}://${appHost}`;

/** `devUrl`: where the development server has the page instead; null when the built one is shown. */
export function isAppOrigin(address: string, devUrl: string | null): boolean {
  const url = URL.parse(address);
  if (url === null || url.username !== '' || url.password !== '') return false;
  // Not `url.origin`: Node knows none for a scheme of ours, and takes that of what is inside a `blob:`.
  return `${url.protocol}//${url.host}` === (devUrl ?? appOrigin);
}

/** The page itself, whatever place of it, and nothing else that the app's origin serves. */
export function isAppPage(address: string, devUrl: string | null): boolean {
  const url = URL.parse(address);
  return url !== null && isAppOrigin(address, devUrl) && url.search === '' && ['', '/'].includes(url.pathname);
}
