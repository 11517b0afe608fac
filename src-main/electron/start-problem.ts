// A home that can't be opened is shown, with what was kept and what to do, and tried again as often as the person wants.
import type { Problem } from '#shared/domain/problem.ts';
import type { Result } from '#shared/lib/result.ts';
import type { Ask } from './ask.ts';

/** Null when the person gave up. */
export async function openOrAsk<T>(open: () => Promise<Result<T, Problem>>, ask: Ask): Promise<T | null> {
  for (;;) {
    const opened = await open();
    if (opened.ok) return opened.value;
    if ((await askAboutProblem(opened.problem, ask)) === 'quit') return null;
  }
}

export async function askAboutProblem(problem: Problem, ask: Ask): Promise<'again' | 'quit'> {
  const { answer } = await ask({
    kind: 'error',
    message: problem.what,
    detail: [problem.kept, problem.todo, problem.details]
      .filter((line) => line !== undefined && line !== '')
      .join('\n\n'),
    answers: { again: 'Try again', quit: 'Quit' },
    cancel: 'quit',
  });
  return answer;
}
