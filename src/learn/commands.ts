/** A line in a comment that asks Signpost for something. */
export interface Command {
  readonly name: string;
  /** What stands behind the name, trimmed. */
  readonly argument: string;
}

/** More than a person would write; the rest is not read. */
const mostCommands = 10;

/**
 * Commands of a comment, one a line: `/signpost <name> [argument]`. Lines in quotes, fenced code and indented code do not
 * count: people quote our own comment, which names commands. Linear in the length of the text.
 */
export function readCommands(body: string): readonly Command[] {
  const commands: Command[] = [];
  let fence: string | null = null;
  let commented = false;
  for (const line of body.slice(0, 65_536).split(/\r?\n/)) {
    if (commented) {
      commented = !line.includes('-->');
      continue;
    }
    const marks = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence !== null) {
      if (marks?.startsWith(fence) === true && line.trim() === marks) fence = null;
      continue;
    }
    if (marks !== undefined) {
      fence = marks;
      continue;
    }
    const open = line.lastIndexOf('<!--');
    commented = open !== -1 && !line.includes('-->', open);
    const found = /^ {0,3}\/signpost(?:[ \t]+([\w-]{1,40})(?:[ \t]+(\S.{0,200}?))?)?[ \t]*$/i.exec(line);
    if (found === null) continue;
    commands.push({ name: (found[1] ?? 'help').toLowerCase(), argument: found[2] ?? '' });
    if (commands.length === mostCommands) break;
  }
  return commands;
}
