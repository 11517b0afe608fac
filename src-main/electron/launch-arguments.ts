// Arguments that would open the app from outside, or take its guards away.

const refused =
  /^--(remote-debugging-(port|pipe|address|targets)|remote-allow-origins|inspect(-brk|-wait|-port|-publish-uid)?|js-flags|no-sandbox|disable-setuid-sandbox|disable-gpu-sandbox|disable-seccomp-filter-sandbox|disable-web-security|disable-site-isolation-trials|disable-features|enable-blink-features|enable-features|load-extension|user-data-dir|host-rules|host-resolver-rules|proxy-server|ignore-certificate-errors|allow-file-access-from-files|renderer-process-limit|utility-cmd-prefix|renderer-cmd-prefix|gpu-launcher|single-process|in-process-gpu|require|experimental-loader)(=|$)/i;

/** Names of those that the packaged app does not take; an unpackaged one is its developer's. */
export function refusedArguments(
  argv: readonly string[],
  { packaged }: { readonly packaged: boolean },
): readonly string[] {
  if (!packaged) return [];
  // Windows takes a slash and a single dash as well.
  const names = argv.slice(1).map((argument) => argument.replace(/^(\/|--?)/, '--').split('=', 1)[0] ?? '');
  return [...new Set(names.filter((name) => refused.test(name)))];
}
