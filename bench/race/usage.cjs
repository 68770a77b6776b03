// Loaded before each Node process of a measured command, which at its end writes what it took into
// RACE_USAGE. It tells of itself because nothing else does on Linux and macOS alike: Node gives a parent no
// account of its children, /proc is Linux's, `time` of bash knows no memory, and GNU's time is rarely
// installed. Plain JavaScript, so that no type is stripped in a process that otherwise would strip none.
const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { isMainThread } = require('node:worker_threads');

if (isMainThread)
  process.once('exit', () => {
    const { systemCPUTime, userCPUTime } = process.resourceUsage();
    const usage = { cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakMegabytes: peakKilobytes() / 1024 };
    writeFileSync(join(process.env.RACE_USAGE, `${process.pid}.json`), JSON.stringify(usage));
  });

/**
 * Linux counts into `maxRSS` what the process was before it became this program: the parent, with all its
 * memory.
 */
function peakKilobytes() {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS;
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]);
}
