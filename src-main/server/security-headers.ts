// What every answer carries, so that a browser keeps the screen apart from everything else.

/** `host` is the checked Host header. `'self'` covers the socket in newer browsers; IPv6 literals can't be written in a policy. */
function contentSecurityPolicy(host: string | null): string {
  const socket = host === null || host.startsWith('[') ? '' : ` ws://${host}`;
  return [
    "default-src 'none'",
    "script-src 'self'",
    // The terminal emulator and the dialogs position things by style attributes.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${socket}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    // Known to break radix-ui ScrollArea and Select, which set style text as HTML; nothing else that the screen uses does.
    "require-trusted-types-for 'script'",
  ].join('; ');
}

const deniedFeatures = [
  'accelerometer',
  'browsing-topics',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'publickey-credentials-get',
  'serial',
  'usb',
  'xr-spatial-tracking',
];

export function securityHeaders(host: string | null): Readonly<Record<string, string>> {
  return {
    'Content-Security-Policy': contentSecurityPolicy(host),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': deniedFeatures.map((feature) => `${feature}=()`).join(', '),
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
  };
}
