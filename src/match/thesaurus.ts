/**
 * Synonyms in bug reports, so that a sample generalises to other words: one line for each concept, its name
 * first. A word of several lines belongs to the last; hyphenated forms (`timed-out`) are read as two words.
 */
const synonyms = `
succeed success successful successfully succeeds succeeded completes completed complete finishes finished finish approve approved granted accepted ok authorised authorized okay fine
remain stays stay stayed still remains keeps keep kept continues persistently unchanged persists nonetheless
again repeatedly repeat repeated repeats loop loops looping endless endlessly forever constantly continuously cycle circle round every each always
lose loses lost gone forgets forgotten forgot dropped drops discarded discards discard disappear disappears vanished cleared
fail fails failed failing failure unable cannot cant refuse refuses refused rejected rejects reject denied denies deny
halt blocked blocks block stops stopped stuck locked lockout unusable bricked dead
die crash crashes crashed crashing aborts aborted abort died dies killed exits terminated fatal dumped
restart restarted restarting relaunch reboot rebooted quit quitting reopen reopened reinstall reinstalled
session sessions conversation conversations chat thread
message messages prompt prompts request requests query question turn input reply
login log logged logging signin signed sign signing
authenticate authentication authenticated authenticating auth authorise authorize authorization authorisation unauthenticated unauthorized unauthorised consent oauth oauth2
credential credentials token tokens bearer
browser tab window page chrome safari firefox edge
server servers endpoint host
connect connected connecting connection connects reconnect reconnecting reconnection reconnected handshake
open opens opened opening launch launches launched start starts started starting trigger triggered appears appear
never not no without neither nothing none nobody isnt doesnt didnt wont
limit limits quota cap allowance ceiling
usage used use consumed consumption using spent
percent percentage
plan subscription tier pro max
reset resets renewed renewal refill
upgrade upgraded upgrading
overload overloaded busy capacity swamped
retry retries retrying attempt attempts tries
permission permissions rights allowed privileges sudo root administrator writable write
update updates updating updated updater autoupdate autoupdater upgrade
install installed installing installation installer
folder directory prefix path folders directories
memory heap ram gb
terminal console screen tty viewport tmux iterm iterm2 pane
flicker flickers flickering flickered flash flashes flashing blink blinks blinking strobe strobing jitter jitters shaking shakes
jump jumps jumping jumped scroll scrolls scrolling scrolled yanks yanked snaps
redraw redraws redrawn repaint repaints repainted rerender rerenders rerendered refreshes rendering
top beginning start
image images picture pictures screenshot screenshots png jpeg jpg photo photos webp
process processed decode decoded decoding
compact compaction compacting compacted autocompact summarise summarize summarising
long large big exceeds exceeded exceeding exceed
timeout timed timeouts times
expire expires expired expiry expiration stale
revoked invalid invalidated
find finds found detect detects detected locate recognise recognize recognised see
missing absent undetected unavailable
windows powershell win32 win11 win10 cmd
shell bash git
interrupt interrupted cancel cancelled canceled escape esc
wish feature please add offer would nice propose proposal suggestion
solved fixed resolved cured helped helps works worked working repaired
document docs documentation documented undocumented mention
local stdio npx uvx uv spawn docker
remote http sse https url
header headers static
`;

/** The concept of a word in lower case. */
export const concepts: ReadonlyMap<string, string> = new Map(
  synonyms
    .trim()
    .split('\n')
    .flatMap((line) => {
      const words = line.split(' ');
      return words.map((word): [string, string] => [word, words[0] ?? word]);
    }),
);
