/**
 * Reports of three failures that no page knows, written by us, by people who have little but the failure in common: with and
 * without the message, under titles of their own.
 */
export const families: Readonly<
  Record<string, readonly { readonly title: string; readonly body: string }[]>
> = {
  'a commit that cannot be signed': [
    {
      title: '[BUG] git commit fails: gpg failed to sign the data',
      body: 'Whenever Claude commits:\n```\nerror: gpg failed to sign the data\nfatal: failed to write commit object\n```\nIn my own shell in the same terminal it asks for the passphrase and works. macOS 15, 2.0.58',
    },
    {
      title: 'Signed commits are impossible',
      body: 'commit.gpgsign=true. The Bash tool has no tty, so pinentry cannot ask and the commit is refused. Claude then adds --no-gpg-sign, which our branch protection rejects.',
    },
    {
      title: 'pinentry hangs the Bash tool',
      body: 'git commit -S run by the assistant hangs for two minutes until the time-out. pinentry-curses draws over the UI, input goes nowhere.',
    },
    {
      title: 'gpg: signing failed: Inappropriate ioctl for device',
      body: '```\ngpg: signing failed: Inappropriate ioctl for device\nerror: gpg failed to sign the data:\n[GNUPG:] BEGIN_SIGNING\nfatal: failed to write commit object\n```\nGPG_TTY is set in my .zshrc. Seems not to be passed on.',
    },
    {
      title: 'Commits by Claude are unsigned',
      body: 'After the signing error it silently disables gpg signing with -c commit.gpgsign=false. I want signed commits or none at all.',
    },
    {
      title: 'Cannot enter GPG passphrase',
      body: '### What happened\nThe pinentry prompt appears inside the output area, typing a passphrase goes to the prompt of Claude instead (in clear text!).\n### OS\nDebian 12\n### Version\n2.0.55',
    },
    {
      title: 'commit signing with YubiKey times out',
      body: 'The key blinks but nothing tells me that I need to touch it; after a while "gpg failed to sign the data". In a plain terminal git says "please touch".',
    },
    {
      title: 'error: gpg failed to sign the data in Bash tool only',
      body: 'Bash tool: fails. `! git commit` typed by me: fails too. Another terminal tab: fine. version 2.0.60 fedora',
    },
    {
      title: 'GPG_TTY should be set for commands',
      body: 'Without GPG_TTY gpg-agent cannot ask for the passphrase when Claude Code commits. export GPG_TTY=$(tty) prints "not a tty" there.',
    },
    {
      title: 'git tag -s does not work in session',
      body: 'Release script creates a signed tag. Under claude: gpg: signing failed: No such device or address / error: unable to sign the tag. Outside no problem.',
    },
    {
      title: '[BUG] Terminal garbled by pinentry during commit',
      body: 'pinentry-tty writes its box over the TUI when a signed commit is made and afterwards the screen is broken, I have to kill it.',
    },
    {
      title: 'fatal: failed to write commit object',
      body: 'I get this for each commit claude wants to make. gpg signing is on. The passphrase is not cached in the morning, so it fails until I commit once by hand.',
    },
    {
      title: 'Signing key passphrase prompt never shown',
      body: 'Commit hangs. ps shows gpg waiting for pinentry. No prompt visible anywhere. I use pinentry-curses over ssh.',
    },
    {
      title: 'Commit via Claude: "gpg: cannot open /dev/tty"',
      body: "gpg: cannot open '/dev/tty': No such device or address\nerror: gpg failed to sign the data\n\nUbuntu 24.04 container, key imported, works with --pinentry-mode loopback only.",
    },
    {
      title: 'SSH-signed or GPG-signed commits',
      body: 'With gpg.format=ssh it works since the agent has the key. With openpgp it does not: signing fails as there is no terminal for the passphrase. Would be good to hand the prompt to the user.',
    },
    {
      title: 'Please ask me for the passphrase when a commit has to be signed',
      body: 'At the moment the commit just errors with gpg failed to sign the data and the model wastes tokens trying strange things such as deleting my gpg lock files.',
    },
    {
      title: 'gpg-agent cache expired → every commit fails',
      body: "default-cache-ttl is 600 here. After ten minutes without a commit Claude can't commit anymore (gpg failed to sign the data) because nobody can type the passphrase.",
    },
    {
      title: 'Windows: gpg4win dialog hidden behind terminal',
      body: 'pinentry window opens behind Windows Terminal when Claude commits; if I do not see it in time: error: gpg failed to sign the data, fatal: failed to write commit object.',
    },
    {
      title: 'git commit -S via Bash tool',
      body: 'returns exit code 128\n\nerror: gpg failed to sign the data:\ngpg: signing failed: Timeout\n\nmacOS 14, pinentry-mac installed. It should wait longer for my fingerprint.',
    },
    {
      title: 'Model turns off commit signing in my repo config',
      body: 'After a failed signature it ran `git config commit.gpgsign false`!! I only noticed when the PR showed Unverified. The cause was that gpg could not prompt for the pass phrase.',
    },
    {
      title: 'Rebase with signed commits gets stuck',
      body: 'git rebase --gpg-sign under claude stops at the first commit: gpg failed to sign the data. 30 commits, I had to do it by hand.',
    },
    {
      title: 'no pinentry',
      body: 'gpg: signing failed: No pinentry\nfatal: failed to write commit object\n\nwhy is PATH different in the tool? pinentry is in /opt/homebrew/bin',
    },
    {
      title: '[BUG] Passphrase entry broken when committing from a session',
      body: 'Expected: prompt for GPG passphrase as in a normal shell. Actual: "Inappropriate ioctl for device". Setting GPG_TTY before starting did not help as the tool\'s shell is detached.',
    },
    {
      title: 'Cannot make verified commits',
      body: "Org requires verified commits. Claude's commits fail at signing since gpg has no tty. Looking for a supported way, not a workaround.",
    },
    {
      title: 'amend fails at signing',
      body: 'git commit --amend --no-edit\nerror: gpg failed to sign the data\nfatal: failed to write commit object\nHappens only when Claude runs it. Tried restart of gpg-agent. 2.0.61 / Arch',
    },
  ],
  'a damaged history database': [
    {
      title: 'database disk image is malformed',
      body: 'After a power cut the tool does not start:\n\n```\nSqliteError: database disk image is malformed\n    at HistoryStore.open (/opt/tool/history.js:41:11)\n```\n\nDeleting ~/.tool/history.db helps but all my history is gone.',
    },
    {
      title: '[BUG] History lost, SqliteError on every start',
      body: '### Describe the bug\nSince this morning I see `SqliteError: database disk image is malformed` and the prompt history is empty.\n### OS\nWindows 11\n### Version\n2.0.44',
    },
    {
      title: 'Corrupt history database when two windows are open',
      body: 'Two windows write to history.db at once (home on NFS). Sooner or later: database disk image is malformed.',
    },
    {
      title: 'prompt history broken',
      body: 'arrow up does nothing any more. In the debug log: "could not read history: SqliteError: file is not a database".',
    },
    {
      title: 'SQLITE_CORRUPT',
      body: 'code: SQLITE_CORRUPT. It happens whenever my laptop runs out of battery with a session open. Please repair or recreate the file by itself.',
    },
    {
      title: 'Dropbox synced history.db gets corrupted',
      body: 'I sync my dot folder between two machines. The history database is damaged after each conflict. The tool then crashes instead of starting with an empty one.',
    },
    {
      title: 'Crash at startup after disk was full',
      body: 'Disk ran full, I made room, now the tool crashes on start: SqliteError: database disk image is malformed. pragma integrity_check lists dozens of errors for history.db.',
    },
    {
      title: '[Bug] SqliteError: database disk image is malformed (macOS)',
      body: 'Force-quit the terminal while it was saving. From then on each start ends with that message. Renamed history.db → starts.',
    },
    {
      title: 'Tool should survive a damaged history file',
      body: 'A damaged history.db is no reason not to start. Move it away and go on. At the moment it exits with SQLITE_CORRUPT.',
    },
    {
      title: 'history is empty and cannot be saved',
      body: 'Nothing I type is stateOf. strace shows it opens history.db and gets an error: malformed database schema.',
    },
    {
      title: 'Malformed database after update',
      body: 'The update to 2.0.45 was interrupted by a reboot. "SqliteError: database disk image is malformed", reinstalling does not help since the file stays.',
    },
    {
      title: 'WSL: sqlite corruption',
      body: 'history.db lies on /mnt/c. When Windows and WSL both have a session open it becomes corrupt: database disk image is malformed. 2.0.44',
    },
    {
      title: 'Recover my prompt history',
      body: 'I have hundreds of prompts in there. `sqlite3 history.db .recover | sqlite3 new.db` brought back most of them. The tool could do so when it finds the database malformed.',
    },
    {
      title: 'start fails, SQLite complains',
      body: 'SqliteError: file is not a database. history.db is 0 bytes after the crash of my VM. An empty or broken file should be replaced.',
    },
    {
      title: 'Broken history after kernel panic',
      body: 'The Mac panicked. Now: database disk image is malformed. The sessions are all there but neither arrow-up nor ctrl-r finds anything.',
    },
    {
      title: 'SqliteError in cron job',
      body: 'Headless runs in parallel (xargs -P8) damage history.db of that user: database disk image is malformed. Headless runs should not touch the history at all.',
    },
    {
      title: 'ctrl+r search throws',
      body: 'Pressing ctrl+r: Uncaught SqliteError: database disk image is malformed at Statement.all. Everything else works.',
    },
    {
      title: 'history.db corrupted on network home',
      body: 'University cluster, home by NFS, sqlite locking does not work there. The history database breaks about weekly, and then the tool will not start until I remove it.',
    },
    {
      title: '[BUG] Cannot start: SQLITE_NOTADB',
      body: 'code SQLITE_NOTADB: file is not a database. It appeared after restoring my home from a backup that was taken while the tool was running.',
    },
    {
      title: 'Docker volume: history database malformed',
      body: 'Two containers share the volume with the config folder. After some hours one of them prints SqliteError: database disk image is malformed and exits with 1.',
    },
    {
      title: 'History gone after battery died',
      body: 'Battery died. Started again: message about a malformed disk image (my disk is fine, fsck is clean!). It means the sqlite file of the prompt history.',
    },
    {
      title: 'Misleading message "disk image is malformed"',
      body: 'I ran a disk check for an hour before I understood that it is history.db that is corrupt. Name the file in the message and offer to reset it.',
    },
    {
      title: 'arrow up shows nothing, SQLITE_CORRUPT in log',
      body: 'Version 2.0.44, Fedora. Log: [history] SQLITE_CORRUPT: database disk image is malformed. Since a crash of gnome-shell.',
    },
    {
      title: 'Error when saving prompt',
      body: 'each time I submit a prompt a red line: failed to save to history, SqliteError: database disk image is malformed. The answer comes nevertheless.',
    },
    {
      title: 'wal file left over, then malformed',
      body: 'history.db-wal of 40 MB was left after a kill -9. I deleted it (mistake?) and since then: database disk image is malformed.',
    },
  ],
  'pictures that cannot be pasted on Wayland': [
    {
      title: '[BUG] Pasting a screenshot does nothing on Wayland',
      body: '### What happened?\n\nCtrl+V with an image in the clipboard is ignored. On X11 the same screenshot is attached as [Image #1].\n\n### Version\n\n2.0.55\n\n### OS\n\nFedora 43, GNOME, Wayland',
    },
    {
      title: 'Image paste broken under KDE Wayland session',
      body: 'Spectacle copies the screenshot, I press ctrl-v in the prompt, nothing appears. In the X11 session it works. wl-paste --list-types shows image/png.',
    },
    {
      title: 'Cannot paste images (Hyprland)',
      body: 'grim -g "$(slurp)" - | wl-copy and then Ctrl+V in claude: no image. Text from the clipboard is fine.',
    },
    {
      title: 'Clipboard images are not picked up, Wayland',
      body: 'I assume xclip is called, which sees an empty clipboard here because there is no XWayland. Please use wl-paste when WAYLAND_DISPLAY is set.',
    },
    {
      title: 'ctrl+v image on Sway',
      body: 'No attachment, no message. Installed wl-clipboard, no change. Installed xclip too, no change. foot terminal, 2.0.57',
    },
    {
      title: '[BUG] Screenshot from clipboard never arrives in Ubuntu 24.04',
      body: 'Ubuntu switched me to Wayland with the upgrade and since then I cannot paste screenshots into the prompt any more. Logging in with "Ubuntu on Xorg" makes it work again.',
    },
    {
      title: 'Feature does not work: pasting pictures (Linux)',
      body: '### Steps\n1. Print key, select an area, it goes to the clipboard\n2. focus the terminal with claude\n3. Ctrl+V\n\n### Expected\n[Image #1]\n\n### Actual\nnothing\n\nWayland, GNOME 47, Ptyxis',
    },
    {
      title: 'wl-clipboard support for image paste',
      body: 'The code path for Linux only knows xclip. With a pure Wayland compositor (niri) the clipboard is only reachable by wl-paste, so pasted images are lost.',
    },
    {
      title: 'Pasted image ignored in Ghostty on Wayland',
      body: 'Same terminal on macOS pastes the image. On my Linux box (Wayland) nothing. Text OK.',
    },
    {
      title: 'image clipboard empty',
      body: 'Debug log says it could not read an image from the clipboard although `wl-paste -t image/png > a.png` gives me the right file. Plasma 6 Wayland, Arch.',
    },
    {
      title: '[BUG] No way to paste screenshot in Wayland',
      body: 'Drag and drop of the file works, pasting the image from the clipboard does not. Tried alacritty, kitty and wezterm under Wayland.',
    },
    {
      title: 'Regression? images from clipboard on linux',
      body: 'I am quite sure that I could paste images with 2.0.40. With 2.0.57 Ctrl+V is silent. I also moved from i3 to sway in between, so it could be that instead of the version.',
    },
    {
      title: 'Paste of image only works when XWayland app owned the clipboard',
      body: 'If I copy the picture in GIMP (XWayland) it can be pasted. If I copy it in Firefox (native Wayland) it cannot. So the clipboard is read through X11 only.',
    },
    {
      title: 'GNOME screenshot tool + claude',
      body: 'The screenshot UI of GNOME puts a PNG on the clipboard, ctrl+v into the prompt gives nothing at all. Everyone in our team with Wayland has this; those on Xorg do not.',
    },
    {
      title: 'Cannot attach clipboard picture, Wayland without X',
      body: "xclip: Can't open display: (null) appears for a split second below the prompt when I press Ctrl+V with an image in the clipboard. There is no X here, use wl-paste please.",
    },
    {
      title: '[BUG] Ctrl-V for images not functional on Pop!_OS COSMIC',
      body: 'COSMIC is Wayland only. Copying a screenshot and pasting it into the prompt has no effect. Version 2.0.56',
    },
    {
      title: 'Screenshots can not be pasted anymore after switching to Wayland',
      body: 'nvidia finally works with Wayland so I switched. Everything fine but claude, which no longer takes my screenshots from the clipboard. I save to a file and type the path as a workaround.',
    },
    {
      title: 'Image paste: detect wl-paste',
      body: 'echo $XDG_SESSION_TYPE → wayland. Detect this and call wl-paste --type image/png. Currently a pasted image is dropped without a word.',
    },
    {
      title: 'pasting image fails silently',
      body: '**Environment**: NixOS, river, foot\n**What I do**: copy image in browser, Ctrl+V in claude\n**What I get**: nothing\n**What works**: text; images when I start the terminal under cage with Xwayland',
    },
    {
      title: 'Clipboard: "no image found" on Wayland desktop',
      body: 'The hint says no image found in clipboard. Every other program finds it: Slack, Gimp, LibreOffice. KDE Plasma 6.2 on Wayland, konsole.',
    },
    {
      title: 'Devs on Wayland cannot paste mockups',
      body: 'We give designs to claude by screenshot. On the Macs it is ctrl+v. On the Linux laptops (Wayland) the picture does not get attached, so people mail themselves files.',
    },
    {
      title: 'Please support images from the clipboard in Wayland sessions',
      body: 'Only text is pasted. See also xclip vs wl-clipboard. Tested with 2.0.57 on Debian 13 GNOME.',
    },
    {
      title: '[BUG] image/png offered by wl-copy is not accepted',
      body: 'wl-copy --type image/png < shot.png; focus claude; Ctrl+V. Expected an image attachment. The prompt stays empty. When I use xclip -selection clipboard -t image/png -i shot.png with XWayland running it is attached.',
    },
    {
      title: 'Screenshot paste dead (Wayland, zellij)',
      body: 'First thought it was zellij, but without it the image is not pasted either. Under Xorg both ways work.',
    },
    {
      title: 'Linux image paste',
      body: 'Pressing ctrl+v when a bitmap is in the clipboard should attach it. It does not for me. session type: wayland, terminal: Black Box, wl-clipboard 2.2.1 installed.',
    },
  ],
};
