// Sets a title, rings, and tries what a terminal should treat with care: links (OSC 8), the clipboard (OSC 52), notices (OSC 9, 777).
import { options } from './options.mjs';

const { title, link } = options({ title: 'a fake agent', link: 'https://example.invalid/' });
const osc = (text) => `\x1b]${text}\x07`;
process.stdout.write(
  [
    osc(`0;${title}`),
    osc(`2;${title}\x1b\\`),
    osc(`52;c;${Buffer.from('stolen').toString('base64')}`),
    osc('9;a notice'),
    osc('777;notify;title;a notice'),
    `${osc(`8;;${link}`)}a link${osc('8;;')}\n`,
    `${osc('8;;javascript:alert(1)')}a bad link${osc('8;;')}\n`,
    '\x07rang\n',
  ].join(''),
);
setInterval(() => {}, 1 << 30);
