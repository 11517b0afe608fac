// What a section that names a plug-in must say, wherever it stands.

interface PluginSection {
  readonly plugin?: unknown;
  readonly package?: unknown;
  readonly path?: unknown;
}

/** Null when it names one and not two. */
export function sectionFault({ plugin, package: fromPackage, path }: PluginSection): string | null {
  if (fromPackage !== undefined && path !== undefined) return 'must have a package or a path, not both';
  if (plugin === undefined && fromPackage === undefined && path === undefined)
    return 'must name a plugin, a package or a path';
  return null;
}

/** The same for an entry of the list `plugins`, whose `source` says where it comes from. */
export function sourceFault(source: unknown, section: PluginSection): string | null {
  if (source === 'local' && section.path === undefined) return 'a local plugin needs a path';
  if ((source === 'npm' || source === 'registry') && section.package === undefined)
    return `a plugin from ${source} needs a package`;
  return section.package !== undefined && section.path !== undefined ? 'must have a package or a path, not both' : null;
}
