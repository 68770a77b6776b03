/** What a person's reply says of what our comment claims. */
export type Reply = 'agrees' | 'protests' | 'doubts' | 'aside';

/** Text beyond this is not read: what a reply says of ours stands at its beginning. */
const longest = 4_000;

const protest =
  /\b(?:not (?:a |an |the )?(?:duplicate|dup|dupe|same|similar|related|my|this|it|relevant|helpful|true|correct|right|caused|what)|(?:is|are|was|does|did|do|has|have|ca|wo|would|should|could)n[’']?t\b|never|different|differs?|differently|unrelated|irrelevant|wrong|incorrect|mistaken|nothing to do with|other (?:problem|issue|bug|cause|error)|another (?:problem|issue|bug|cause|error)|separate (?:problem|issue|bug)|disagree|please re-?open|(?:re-?open|undo) this|false positive|misidentified|useless|spam|unlike|except that|instead)\b/i;
const hedge =
  /\b(?:but|however|although|though|unsure|not sure|maybe|perhaps|might|seems?|unless|only partly|partially)\b/i;
const agree =
  /\b(?:same (?:here|issue|problem|bug|error|thing|cause|for me|failure)|me too|(?:can )?confirm(?:ed|s)?|exactly|indeed|that(?:[’']s| is| was) (?:it|right|correct|the one)|(?:it |that |this )?(?:fixed|solved|resolved|worked|works|helped)|(?:is|yes,?) (?:a )?duplicate|duplicate of|dupe of|you(?:[’']re| are) right|agreed?|correct)\b|^(?:yes|yep|yeah|thanks|thank you|ty)\b|^(?:\+1|👍)/iu;
const negatedAgree =
  /\b(?:no|not|never|neither|hardly|without)\b[^.!?\n]{0,40}\b(?:fixed|solved|resolved|work(?:s|ed)?|help(?:s|ed)?|same|confirm|agree|correct|duplicate)\b/i;
const no = /^(?:no|nope|nah)\b|👎/iu;
const question = /\?$/;

/**
 * Reads a reply. "Yes, same here" agrees; "this is different because" protests; words that could be either are a doubt,
 * which stops a close as a protest does. A reply without a sentence of its own (a log, a quote, a picture, a mention of
 * somebody) says nothing of ours.
 */
export function readReply(body: string): Reply {
  const words = ownWords(body);
  if (!/\p{L}{2}|\+1|👍|👎/u.test(words)) return 'aside';
  if (no.test(words) || negatedAgree.test(words) || protest.test(words)) return 'protests';
  if (!agree.test(words) || hedge.test(words) || question.test(words)) return 'doubts';
  return 'agrees';
}

/** The text without quotes, code, comments, links, pictures and names of people. */
function ownWords(body: string): string {
  const lines: string[] = [];
  let fenced = false;
  for (const line of body.slice(0, longest).split('\n')) {
    if (/^ {0,3}(?:```|~~~)/.test(line)) fenced = !fenced;
    else if (!fenced && !/^ {0,3}>|^ {4}|^\t/.test(line)) lines.push(line);
  }
  return lines
    .join('\n')
    .replace(
      /<!--[^>]{0,500}-->|`[^`\n]{0,500}`|!\[[^\]\n]{0,200}\]\([^)\n]{0,500}\)|https?:\/\/\S{1,500}/g,
      ' ',
    )
    .replace(/@[\w-]{1,40}/g, '')
    .trim();
}
