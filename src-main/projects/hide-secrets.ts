// What is shown of a configuration never holds a secret: addresses and headers of notifiers, commands, values of environments.
const hidden = '(hidden)';

/** @param path where the value stands, from the root of the file */
export function hideSecrets(path: readonly string[], value: unknown): unknown {
  if (isSecret(path) && isScalarOrList(value)) return value === null ? null : hidden;
  if (Array.isArray(value)) return value.map((item) => hideSecrets(path, item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, hideSecrets([...path, key], inner)]));
}

const isScalarOrList = (value: unknown): boolean => typeof value !== 'object' || value === null || Array.isArray(value);

/** Also words that sound like one, in sections that others define. */
const isSecret = (path: readonly string[]): boolean =>
  (path[0] === 'notifiers' && path.length > 2 && path[2] !== 'plugin' && path[2] !== 'timeoutSeconds') ||
  path.slice(0, -1).includes('env') ||
  /(?:token|secret|password|api_?key|credential)s?$/i.test(path.at(-1) ?? '');
