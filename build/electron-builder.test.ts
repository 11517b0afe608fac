import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { packageConfiguration as configuration } from './electron-builder.ts';
import { fuseNames } from './fuses.ts';
import { root } from './prepare.mjs';

const text = (path: string): string => readFileSync(join(root, path), 'utf8');
const filesIn = (folder: string): string[] => (existsSync(join(root, folder)) ? readdirSync(join(root, folder)) : []);
const both = ['x64', 'arm64'];

it('every fuse is set, and those that open the app from outside are off', () => {
  const { resetAdHocDarwinSignature, ...fuses } = configuration.electronFuses;
  expect(fuses).toEqual({
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  });
  expect(Object.keys(fuses)).toEqual([...fuseNames]);
  expect(resetAdHocDarwinSignature).toBe(true);
});

it('the archive holds what is built, pictures and package.json: no sources, no maps, no packages', () => {
  const { asar, files } = configuration;
  expect(asar).toBe(true);
  expect(files.filter((pattern) => !pattern.startsWith('!'))).toEqual([
    'package.json',
    'dist/main/*.js',
    'dist/preload/preload.cjs',
    'dist/renderer/**',
    'src-main/electron/images/**',
  ]);
  expect(files).toEqual(expect.arrayContaining(['!**/*.map', '!**/node_modules/**']));
});

it('Electron itself loads nothing of node_modules', () => {
  const programs = ['cli', 'pty-host', 'mirror', 'demo'].map((name) => `${name}.js`);
  const built = ['dist/main', 'dist/preload'].flatMap((folder) =>
    filesIn(folder)
      .filter((name) => /\.c?js$/.test(name) && !programs.includes(name))
      .map((name) => `${folder}/${name}`),
  );
  const foreign = built.flatMap((file) =>
    [
      ...text(file).matchAll(
        /^(?:import|export)\b.*?["']([^"'./][^"']*)["'];?$|\b(?:require|import)\(["']([^"'./][^"']*)/gm,
      ),
    ].map((found) => found[1] ?? found[2]),
  );
  expect(foreign.filter((name) => name !== 'electron' && !name?.startsWith('node:'))).toEqual([]);
});

it('there are packages of each kind for both processors', () => {
  expect([configuration.linux.target, configuration.mac.target, configuration.win.target]).toEqual([
    [
      { target: 'AppImage', arch: both },
      { target: 'deb', arch: both },
    ],
    [
      { target: 'dmg', arch: both },
      { target: 'zip', arch: both },
    ],
    [
      { target: 'nsis', arch: both },
      { target: 'zip', arch: both },
    ],
  ]);
});

it('what a package ships for other programs lies outside of the archive, per system and processor', () => {
  expect(configuration.extraResources).toEqual([
    { from: expect.stringMatching(/\$\{os\}-\$\{arch\}$/) as unknown, to: '.', filter: ['runtime/**'] },
  ]);
});

it('links and windows find the app by one name', () => {
  expect(configuration).toMatchObject({
    appId: 'dev.athene.desktop',
    productName: 'Athene',
    executableName: 'athene-desktop',
    protocols: [{ schemes: ['athene'] }],
    linux: { category: 'Development', syncDesktopName: true, desktop: { entry: { StartupWMClass: 'athene-desktop' } } },
  });
  expect((JSON.parse(text('package.json')) as { desktopName: string }).desktopName).toBe('athene-desktop.desktop');
  expect(text('src-main/electron/main.ts')).toContain(`'${configuration.appId}'`);
});

it('nothing is fetched from a feed, nothing is uploaded, nothing asks for an administrator on Windows', () => {
  expect(configuration).toMatchObject({
    publish: null,
    nsis: { perMachine: false, packElevateHelper: false, deleteAppDataOnUninstall: false },
  });
});

it('no launcher takes the sandbox away', () => {
  expect(configuration.linux.executableArgs).toEqual([]);
  expect(JSON.stringify(configuration)).not.toContain('no-sandbox');
  for (const file of [
    configuration.deb.afterInstall,
    'bin/athene',
    'bin/athene.cmd',
    'build/open-desktop.ts',
    'build/start.ts',
  ])
    expect(text(file), file).not.toMatch(/['" ]--no-sandbox/);
});

it('the runtime of macOS is hardened, with the one right that V8 needs', () => {
  const { mac } = configuration;
  expect([mac.hardenedRuntime, mac.entitlements, mac.entitlementsInherit]).toEqual([
    true,
    'build/package/entitlements.mac.plist',
    'build/package/entitlements.mac.plist',
  ]);
  expect(text(mac.entitlements).match(/<key>.*<\/key>/g)).toEqual(['<key>com.apple.security.cs.allow-jit</key>']);
});

it('every file that it names is there', () => {
  const { linux, mac, win, deb } = configuration;
  const named = [linux.icon, mac.icon, win.icon, mac.entitlements, deb.afterInstall, deb.afterRemove];
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  const sizes = [16, 32, 48, 64, 128, 256, 512];
  expect(sizes.filter((size) => !existsSync(join(root, linux.icon, `${size}x${size}.png`)))).toEqual([]);
});

it("Debian's package links the command, and takes the link back", () => {
  const command = '$app/resources/runtime/bin/athene';
  expect(text(configuration.deb.afterInstall)).toContain(`ln -sf "${command}" /usr/bin/athene`);
  expect(text(configuration.deb.afterRemove)).toContain('rm -f /usr/bin/athene');
});

it('installing from npm runs no script of ours', () => {
  const { scripts } = JSON.parse(text('package.json')) as { scripts: Record<string, string> };
  expect(Object.keys(scripts).filter((name) => /^(pre|post)|install|prepare/.test(name))).toEqual([]);
  expect(text('.npmrc')).toContain('ignore-scripts=true');
});
