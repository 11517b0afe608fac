// What a choice of a dialog means, by its words. Only where these are plain: everything else is `other`, and needs somebody who reads.
import type { ChoiceMeaning } from './asked-question.ts';

/** @param isTrust whoever trusts a directory is not asked again */
export function meaningOf(label: string, isTrust = false): ChoiceMeaning {
  if (/^(?:no\b|don['’]t\b|deny\b|reject\b|cancel\b|decline\b|abort\b|back\b|exit\b|quit\b|not now\b)/iu.test(label)) {
    return 'deny';
  }
  if (!/^(?:yes\b|always allow\b|allow\b|approve\b|accept\b|run\b|proceed\b|continue\b|trust\b)/iu.test(label))
    return 'other';
  if (isTrust) return /\bparent\b/iu.test(label) ? 'other' : 'allow-always';
  // It changes how everything after it is asked for.
  if (/\b(?:switch to|mode|auto-?accept|yolo|bypass|everything)\b/iu.test(label)) return 'other';
  if (/\bsession\b/iu.test(label)) return 'allow-session';
  if (/\b(?:always|don['’]t ask|do not ask|never ask|permanently|from now on|in future)\b/iu.test(label)) {
    return 'allow-always';
  }
  return /^(?:yes(?:, (?!and\b)[\w .-]{1,40})?|(?:allow|approve|accept|run|proceed|continue)(?: it| this)?(?: once| this time| now)?)(?:\s?\((?:[^)]{1,12}|(?:allow|approve|accept|run)\b[^)]{0,50}(?<!\bat )\bonce)\))?$/iu.test(
    label,
  ) && !/\b(?:all|any|every)\b/iu.test(label)
    ? 'allow-once'
    : 'other';
}
