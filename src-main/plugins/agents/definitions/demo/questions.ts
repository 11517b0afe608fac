// The demo agent's one dialog: a digit marks a choice, and Enter takes it.
import type { QuestionSigns } from '#shared/domain/found-question.ts';

export const demoQuestions: QuestionSigns = { digits: 'mark' };
