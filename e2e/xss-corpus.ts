// 300 texts that would run a script, load something or lead somewhere, were they ever taken for anything but text.

const acts = [
  'window.ran=1',
  'alert(1)',
  "fetch('https://example.invalid/')",
  "location='https://example.invalid/'",
  'import(/x/.source)',
  'eval(name)',
];

const addresses = [
  'javascript:window.ran=1',
  'JaVaScRiPt:alert(1)',
  'java\tscript:alert(1)',
  ' javascript:alert(1)',
  'data:text/html,<script>parent.ran=1</script>',
  'data:text/html;base64,PHNjcmlwdD5wYXJlbnQucmFuPTE8L3NjcmlwdD4=',
  'vbscript:msgbox(1)',
  'file:///etc/passwd',
  'athene://app/',
  '//example.invalid/x',
  'blob:https://example.invalid/1',
  'https://user:password@example.invalid/',
];

/** `X` stands for a script. */
const scripts = [
  '<script>X</script>',
  '<SCRIPT/x>X</SCRIPT>',
  '"><script>X</script>',
  "'><script>X</script>",
  '</title><script>X</script>',
  '</textarea><script>X</script>',
  '</style><script>X</script>',
  '<!--><script>X</script>-->',
  '<![CDATA[<script>X</script>]]>',
  '<img src=x onerror="X">',
  '<img/src=x/onerror=X>',
  '"><img src=x onerror=X>',
  '<svg onload="X">',
  '<svg><script>X</script></svg>',
  '<svg><animate onbegin="X" attributeName=x dur=1s>',
  '<math><mtext><img src=x onerror="X"></mtext></math>',
  '<body onload="X">',
  '<details open ontoggle="X">',
  '<video><source onerror="X"></video>',
  '<input autofocus onfocus="X">',
  '<marquee onstart="X">',
  '<iframe srcdoc="<script>X</script>">',
  '<template><script>X</script></template>',
  '<noscript><p title="</noscript><script>X</script>">',
  '" onmouseover="X" x="',
  "' autofocus onfocus='X' x='",
  '` onerror=X x=`',
  '{{constructor.constructor("X")()}}',
  '${X}',
  '<%= X %>',
  '\\u003cscript\\u003eX\\u003c/script\\u003e',
  '&lt;script&gt;X&lt;/script&gt;',
  '%3Cscript%3EX%3C/script%3E',
  '﹤script﹥X﹤/script﹥',
  '<scr<script>ipt>X</scr</script>ipt>',
  '__proto__"}],"x":{"a":X',
];

/** `X` stands for an address. */
const links = [
  '<a href="X">here</a>',
  '[here](X)',
  '![here](X)',
  '<X>',
  '<iframe src="X"></iframe>',
  '<base href="X">',
  '<meta http-equiv=refresh content="0;url=X">',
];

export const xssCorpus: readonly string[] = [
  ...scripts.flatMap((text) => acts.map((act) => text.replaceAll('X', act))),
  ...links.flatMap((text) => addresses.map((address) => text.replaceAll('X', address))),
].slice(0, 300);
