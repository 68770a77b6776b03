/** The stance of a reply towards the claims of our comment; `aside` for none. */
export type Reply = 'agrees' | 'protests' | 'doubts' | 'aside';

/** Characters that are read: the stance of a reply shows at its beginning. */
const maxLength = 4_000;

/** Rejects the claim, whatever else the reply says. */
const protest =
  /\b(?:not (?:a |an |the |really )?(?:duplicate|dup|dupe|same|similar|related|my|this|it|relevant|helpful|true|correct|right|caused|what)|(?:is|are|was)n[’']?t (?:a |an |the )?(?:duplicate|dup|dupe|same|similar|related|my|this|it|relevant|helpful|true|correct|right|caused|what)|(?:can(?:no|[’'])?t|couldn[’']?t) be (?:it|this|the same|that)|do(?:n[’']?t| not) (?:think|agree|believe|close)|do(?:es)?(?:n[’']?t| not) apply|never|different|differs?|differently|unrelated|irrelevant|wrong|incorrect|mistaken|nothing to do with|other (?:problem|issue|bug|cause|error)|another (?:problem|issue|bug|cause|error)|separate (?:problem|issue|bug)|disagree|please re-?open|keep (?:this|it) open|(?:re-?open|undo) this|false positive|misidentified|useless|spam|unlike|except that|instead|ma(?:de|kes?) it worse)\b/i;
/** Rejects the claim only where nothing agrees with it, since it may as well describe the problem. */
const negation =
  /\b(?:(?:is|are|was|does|did|do|has|have|ca|wo|would|should|could)n[’']?t|(?:do|does|did|can|could|is|was|has|have) ?not|cannot|still|none of|unfortunately|already (?:tried|did|read|know)|same result|no (?:luck|effect|change|difference))\b/i;
const hedge =
  /\b(?:but|however|although|though|unsure|not sure|maybe|perhaps|might|could|seems?|unless|only partly|partially|partly|will (?:try|test|check)|i[’']ll (?:try|test|check))\b/i;
const agree =
  /\b(?:same (?:here|issue|problem|bug|error|thing|cause|for me|failure)|(?:is|it[’']s|yes,?|yup,?|yep,?|looks?) (?:exactly )?(?:the )?(?:same|identical)|me too|(?:can )?confirm(?:ed|s)?|exactly|indeed|that(?:[’']s| is| was) (?:it|right|correct|the one)|(?:is|was) my (?:problem|issue|bug)|(?:it |that |this )?(?:fixed|solved|resolved|worked|works|helped)|(?:is|yes,?) (?:a )?duplicate|duplicate of|dupe of|you(?:[’']re| are) right|agreed?|correct)\b|^\s*(?:yes|yep|yup|yeah|\+1|👍)\b|^\s*(?:\+1|👍)|^\W*(?:many )?(?:thanks?|thank you|ty|thx)(?: (?:a lot|so much|very much|for the (?:pointer|link|help|hint)))?\W*$/iu;
/** Opens with agreement: what follows describes the problem. */
const joinsIn = /^\W*(?:(?:yes|yep|yup|yeah)\W+)?(?:same (?:here|issue|problem|bug|error)|me too|\+1)/i;
const negatedAgree =
  /\b(?:no|not|never|neither|none|hardly|without|(?:is|are|was|were|do|does|did|has|have|had|ca|wo|would|should|could)n[’']?t)\b[^.!?\n]{0,40}\b(?:fix(?:ed)?|solved?|resolved?|work(?:s|ed)?|help(?:s|ed)?|same|confirm|agree|correct|duplicate)\b/i;
const refusal = /^(?:no|nope|nah)\b(?! (?:problem|issue|error)s?\b)|^-1\b|👎/iu;
const question = /\?$/;

/**
 * Classifies a reply. "Yes, same here" agrees; "this is different because" protests; ambiguous words are
 * doubt, which stops a close as a protest does. A reply without words of its own (a log, a quote, a picture,
 * a mention of somebody) is an aside.
 */
export function readReply(body: string): Reply {
  const words = plainText(body);
  if (!/\p{L}{2}|[+-]1|👍|👎/u.test(words)) return 'aside';
  const joining = joinsIn.test(words);
  if (refusal.test(words) || protest.test(words)) return 'protests';
  if (negatedAgree.test(words)) return joining ? 'doubts' : 'protests';
  if (!agree.test(words)) return negation.test(words) && !question.test(words) ? 'protests' : 'doubts';
  if (hedge.test(words) || question.test(words)) return 'doubts';
  return negation.test(words) && !joining ? 'doubts' : 'agrees';
}

/** The text without quotes, code, HTML comments, links, pictures and mentions. */
function plainText(body: string): string {
  const lines: string[] = [];
  let fenced = false;
  for (const line of body.slice(0, maxLength).split('\n')) {
    if (/^ {0,3}(?:```|~~~)/.test(line)) fenced = !fenced;
    else if (!fenced && !/^ {0,3}>|^ {4}|^\t/.test(line)) lines.push(line);
  }
  return lines
    .join('\n')
    .replace(
      /<!--[^>]{0,500}-->|`[^`\n]{0,500}`|!\[[^\]\n]{0,200}\]\([^)\n]{0,500}\)|https?:\/\/\S{1,500}/g,
      ' ',
    )
    .replace(/@[\w-]{1,40}/g, ' ')
    .trim();
}
