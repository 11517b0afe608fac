// Arguments that would open the packaged app from outside, or take its guards away. Fuses refuse those of Node besides.

/** What the name begins with → why it is refused. */
const refused: Readonly<Record<string, string>> = {
  'remote-debugging': 'whoever connects drives the pages',
  'remote-allow-origins': 'whoever connects drives the pages',
  inspect: 'whoever connects runs code in the main process',
  debug: 'whoever connects runs code in the main process',
  'js-flags': 'changes how code runs',
  require: 'runs a file',
  import: 'runs a file',
  loader: 'runs a file',
  'experimental-loader': 'runs a file',
  'load-extension': 'runs in every page',
  'disable-extensions-except': 'runs in every page',
  'no-sandbox': 'takes the sandbox away',
  'no-zygote': 'takes the sandbox away',
  'allow-sandbox-debugging': 'takes the sandbox away',
  'disable-setuid-sandbox': 'takes the sandbox away',
  'disable-namespace-sandbox': 'takes the sandbox away',
  'disable-seccomp-filter-sandbox': 'takes the sandbox away',
  'disable-gpu-sandbox': 'takes the sandbox away',
  'single-process': 'takes the sandbox away',
  'in-process-gpu': 'takes the sandbox away',
  'browser-subprocess-path': 'runs a program',
  'renderer-cmd-prefix': 'runs a program',
  'utility-cmd-prefix': 'runs a program',
  'gpu-launcher': 'runs a program',
  'ppapi-plugin-launcher': 'runs a program',
  'disable-web-security': 'lets pages read one another',
  'disable-site-isolation': 'lets pages read one another',
  'allow-file-access-from-files': 'lets pages read one another',
  'allow-running-insecure-content': 'lets pages read one another',
  'unsafely-treat-insecure-origin-as-secure': 'lets pages read one another',
  'ignore-certificate-errors': 'believes anybody',
  'enable-blink-features': 'opens what is not ready',
  'disable-blink-features': 'closes a guard',
  'disable-features': 'closes a guard',
  'use-fake-ui-for-media-stream': 'answers for the person',
  'auto-select-desktop-capture-source': 'answers for the person',
  'user-data-dir': 'opens a second app on one home',
  'host-rules': 'leads elsewhere',
  'host-resolver-rules': 'leads elsewhere',
  'ssl-key-log-file': 'writes down what is secret',
};

/** Names of those that the packaged app does not take; an unpackaged one is its developer's. */
export function refusedArguments(
  argv: readonly string[],
  { packaged }: { readonly packaged: boolean },
): readonly string[] {
  if (!packaged) return [];
  return [...new Set(argv.slice(1).map(nameOf).filter(isRefused))].map((name) => `--${name}`);
}

/** One line for whoever started it so. The start script of an AppImage does, where people may make no namespaces of their own. */
export function refusalLine(names: readonly string[]): string {
  const line = `Athene does not take ${names.join(', ')}.`;
  if (!names.includes('--no-sandbox')) return line;
  return `${line} Its pages run in a sandbox only: allow unprivileged user namespaces, or install the package of your system.`;
}

/** Systems differ in what may stand before a name, and Node takes underscores for dashes. Empty when it is no option. */
const nameOf = (argument: string): string =>
  (/^(?:--?|\/)([^=\s]+)/.exec(argument)?.[1] ?? '').toLowerCase().replaceAll('_', '-');

const isRefused = (name: string): boolean =>
  Object.keys(refused).some((begin) => name === begin || name.startsWith(`${begin}-`));
