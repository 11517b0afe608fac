// What a person changes in config.yaml by hand, and others in a repository's own file, shows in open windows: one watch for each file, and
// no timer while nothing changes.
import { watchFile, watchNames, type FileWatch } from '../lib/watch-file.ts';
import { repositoryFileNames } from '../projects/repository-file.ts';
import type { Feeds } from './feeds.ts';
import type { HostParts } from './host.ts';

/** Milliseconds from the first sign of a change to the look: editors truncate and write, or write beside and rename. */
const settled = 100;

/** Returns the way to stop. */
export function watchConfig({ sessions, configuration }: HostParts, feeds: Feeds): () => void {
  const { paths, store } = sessions;
  const ids = (): readonly string[] => configuration.projects().map(({ id }) => id);
  let before = ids();
  let timer: NodeJS.Timeout | null = null;

  // Not only what differs from the last look: a window may have seen what stood there in between.
  const look = (): void => {
    timer = null;
    // An editor has put a new file into the old one's place.
    watch.renew();
    repositories.follow(rootsOf(configuration));
    const after = ids();
    for (const id of new Set([...before, ...after])) feeds.projects.touch(id);
    feeds.settings.touch('settings');
    feeds.system.touch('system');
    feeds.notifiers.touch('notifiers');
    feeds.reactions.renew();
    before = after;
  };
  const lookSoon = (): void => {
    timer ??= setTimeout(look, settled).unref();
  };
  const watch = watchFile(paths.config, lookSoon);
  const repositories = watchRepositories(lookSoon);
  repositories.follow(rootsOf(configuration));
  // The file comes with the first project, wherever that is added.
  const stopListening = store.onChange(() => {
    if (watch.renew()) lookSoon();
  });
  return () => {
    stopListening();
    watch.close();
    repositories.follow([]);
    if (timer !== null) clearTimeout(timer);
  };
}

type Configuration = HostParts['configuration'];

const rootsOf = (configuration: Configuration): readonly string[] =>
  configuration.projects().flatMap(({ path }) => (path === '' ? [] : [path]));

function watchRepositories(onChange: () => void): { follow(roots: readonly string[]): void } {
  const watches = new Map<string, FileWatch>();
  return {
    follow(roots) {
      for (const [root, watch] of watches) {
        if (roots.includes(root)) continue;
        watch.close();
        watches.delete(root);
      }
      for (const root of roots) {
        const watch = watches.get(root);
        if (watch === undefined) watches.set(root, watchNames(root, repositoryFileNames, onChange));
        else watch.renew();
      }
    },
  };
}
