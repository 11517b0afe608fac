/** Set by `npm run dev`: where the development server has the page. */
export const devUrlVariable = 'ATHENE_DEV_URL';

/**
 * Like `http://127.0.0.1:5173`, without a path. Null unless the app runs from its checkout and the variable is exactly such an
 * address: a page from anywhere else would get the bridge.
 */
export function devUrlFrom(env: NodeJS.ProcessEnv, { packaged }: { readonly packaged: boolean }): string | null {
  const url = env[devUrlVariable];
  if (packaged || url === undefined) return null;
  const port = /^http:\/\/127\.0\.0\.1:([1-9]\d{0,4})$/.exec(url)?.[1];
  return port !== undefined && Number(port) <= 65_535 ? url : null;
}
