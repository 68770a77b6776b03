import type { ErrorLine, IssueKind, Section } from '../model/report.ts';

const titles: readonly (readonly [RegExp, IssueKind])[] = [
  [/^\W{0,3}(?:\w+[ /-])?(?:feature|feat|enhancement|request|proposal|rfc|idea|suggestion)\b/i, 'feature'],
  [/^\W{0,3}(?:doc|docs|documentation)\b(?=[\]:) ])/i, 'documentation'],
  [
    /^\W{0,3}(?:question|help|support)\b(?=[\]:)])|^(?:how (?:do|can|to|does|should)|is (?:it|there)|what is|why (?:do|does|is)|can i|should i)\b.*/i,
    'question',
  ],
  [/^\W{0,3}(?:bug|crash|regression|ice|model|critical)\b(?=[\]:) ]|s\])/i, 'bug'],
];

const labels: readonly (readonly [RegExp, IssueKind])[] = [
  [/^documentation-(?:type|location)$|^current-documentation/, 'documentation'],
  [
    /^whats-wrong$|^(?:actual|observed|current)-(?:behaviou?r|results?)|^(?:steps-to-reproduce|bug-description|describe-the-bug|error-messages?|reproduction|repro-steps|what-happened|what-claude-actually-did|type-of-behavior-issue)/,
    'bug',
  ],
  [
    /^(?:proposed-(?:solution|feature)|feature-(?:request|description|category)|use-cases?|describe-the-solution|acceptance-criteria|motivation|requested-feature|user-story)/,
    'feature',
  ],
  [/^(?:question)$/, 'question'],
];

/** What kind of issue this is: from the title's prefix, then the sections, then the words of the title. */
export function kindOf(title: string, sections: readonly Section[], errors: readonly ErrorLine[]): IssueKind {
  for (const [pattern, kind] of titles) if (pattern.test(title)) return kind;
  for (const [pattern, kind] of labels) if (sections.some(({ slug }) => pattern.test(slug))) return kind;
  if (
    /\b(?:add|allow|support|option|ability|would (?:like|be)|please|should be able|implement|make it possible)\b/i.test(
      title,
    ) &&
    errors.length === 0
  )
    return 'feature';
  if (/\?\s*$/.test(title)) return 'question';
  if (
    errors.length > 0 ||
    /\b(?:error|fail|crash|broken|bug|hang|freez|wrong|incorrect|regress|leak|panic|ice|doesn.?t|does not|not working|cannot|can.?t|unable|never|missing|stuck|slow|ignore[sd]?|lost|loses)/i.test(
      title,
    )
  )
    return 'bug';
  return 'other';
}
