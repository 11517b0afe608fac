/** One line that renews itself on a terminal; elsewhere only the first one is printed. */
export function reportProgress(out: NodeJS.WriteStream = process.stdout): {
  readonly report: (line: string) => void;
  readonly end: () => void;
} {
  let last = '';
  return {
    report: (line) => {
      if (out.isTTY) out.write(`\r\u001B[2K${line}`);
      else if (last === '') out.write(`${line}\n`);
      last = line;
    },
    end: () => {
      if (last !== '' && out.isTTY) out.write('\n');
    },
  };
}
