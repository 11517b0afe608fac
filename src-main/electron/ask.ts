// The one way to the system's message boxes.
import { dialog, type BrowserWindow } from 'electron';

export interface Question<Answer extends string> {
  readonly kind: 'question' | 'warning' | 'error' | 'info';
  readonly message: string;
  readonly detail?: string;
  /** Answer → words on its button, in their order. The first one is the default. */
  readonly answers: Readonly<Record<Answer, string>>;
  /** What closing the box means. */
  readonly cancel: NoInfer<Answer>;
  readonly checkbox?: string;
  /** Takes the question back, as if it had been closed. */
  readonly signal?: AbortSignal;
}

export interface Answered<Answer extends string> {
  readonly answer: Answer;
  readonly isChecked: boolean;
}

/** Without a window the box stands by itself. */
export type Ask = <Answer extends string>(
  question: Question<Answer>,
  window?: BrowserWindow | null,
) => Promise<Answered<Answer>>;

export const askWithBox: Ask = async (question, window = null) => {
  const { kind, message, detail, answers, cancel, checkbox, signal } = question;
  const names = Object.keys(answers) as (keyof typeof answers)[];
  const options = {
    type: kind,
    title: 'Athene',
    message,
    buttons: names.map((name) => answers[name]),
    defaultId: 0,
    cancelId: names.indexOf(cancel),
    noLink: true,
    ...(detail === undefined ? {} : { detail }),
    ...(checkbox === undefined ? {} : { checkboxLabel: checkbox }),
    ...(signal === undefined ? {} : { signal }),
  };
  const { response, checkboxChecked } =
    window === null || window.isDestroyed()
      ? await dialog.showMessageBox(options)
      : await dialog.showMessageBox(window, options);
  return { answer: names[response] ?? cancel, isChecked: checkboxChecked };
};
