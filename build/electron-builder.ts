// How the desktop app is packaged. A test holds it against what is promised in docs/security.md.
import type { Configuration } from 'electron-builder';

/** Holds `runtime`. Below the checkout; electron-builder puts the name of the system and of the processor in. */
export const programTrees = '.cache/package/programs/${os}-${arch}';
export const packageOutput = 'packages';

const architectures: ('x64' | 'arm64')[] = ['x64', 'arm64'];

export const packageConfiguration = {
  appId: 'dev.athene.desktop',
  productName: 'Athene',
  executableName: 'athene-desktop',
  copyright: 'Athene',
  artifactName: 'Athene-${version}-${os}-${arch}.${ext}',
  directories: { output: packageOutput, buildResources: 'build/package' },
  // No update feed, and nothing is uploaded.
  publish: null,

  asar: true,
  // The bundle holds what it needs. Electron runs it alone: what other programs run lies in `runtime`, outside of the archive.
  files: [
    'package.json',
    'dist/main/*.js',
    '!dist/main/{cli,pty-host,mirror,demo}.js',
    'dist/preload/preload.cjs',
    'dist/renderer/**',
    'src-main/electron/images/**',
    '!**/*.map',
    '!**/node_modules/**',
  ],
  // From its parent: electron-builder leaves out a `node_modules` that lies directly in what it copies.
  extraResources: [{ from: programTrees, to: '.', filter: ['runtime/**'] }],
  removePackageScripts: true,
  // Nothing is rebuilt, and node_modules stays out: there is nothing in it that the archive needs.
  beforeBuild: () => Promise.resolve(false),
  extraMetadata: { dependencies: {}, devDependencies: {}, optionalDependencies: {} },
  electronLanguages: ['en-US'],
  compression: 'normal',

  electronFuses: {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
    // Changing a fuse breaks the signature without which an Apple processor starts nothing.
    resetAdHocDarwinSignature: true,
  },

  protocols: [{ name: 'Athene', schemes: ['athene'] }],

  linux: {
    target: [
      { target: 'AppImage', arch: architectures },
      { target: 'deb', arch: architectures },
    ],
    icon: 'build/icons',
    category: 'Development',
    synopsis: 'Runs and supervises many AI coding agents',
    maintainer: 'Athene <athene@athene.example>',
    executableArgs: [],
    // The desktop entry is named as the app names its windows, so that docks put them together.
    syncDesktopName: true,
    desktop: { entry: { StartupWMClass: 'athene-desktop', StartupNotify: 'true', Keywords: 'agent;terminal;git;' } },
  },
  toolsets: {
    // Starts without the FUSE 2 library, which newer systems do not bring.
    appimage: '1.0.3',
  },
  deb: {
    packageName: 'athene-desktop',
    packageCategory: 'devel',
    depends: [
      'libgtk-3-0 | libgtk-3-0t64',
      'libnotify4',
      'libnss3',
      'libxss1',
      'libxtst6',
      'libatspi2.0-0 | libatspi2.0-0t64',
      'libuuid1',
      'xdg-utils',
      'git',
    ],
    afterInstall: 'build/package/after-install.sh',
    afterRemove: 'build/package/after-remove.sh',
  },

  mac: {
    target: [
      { target: 'dmg', arch: architectures },
      { target: 'zip', arch: architectures },
    ],
    icon: 'build/icons/icon.icns',
    category: 'public.app-category.developer-tools',
    hardenedRuntime: true,
    entitlements: 'build/package/entitlements.mac.plist',
    entitlementsInherit: 'build/package/entitlements.mac.plist',
    // Signing them here would change files that their manifest names: see docs/packages.md.
    signIgnore: ['/Contents/Resources/runtime/'],
    notarize: false,
  },
  win: {
    target: [
      { target: 'nsis', arch: architectures },
      { target: 'zip', arch: architectures },
    ],
    icon: 'build/icons/icon.ico',
  },
  nsis: {
    oneClick: true,
    perMachine: false,
    packElevateHelper: false,
    // Homes hold people's work: they stay.
    deleteAppDataOnUninstall: false,
    createDesktopShortcut: false,
  },
} satisfies Configuration;
