import { z } from 'zod';
import { missingItems } from '../model/config.ts';

const probability = z.number().min(0).max(1);
const nameList = z.array(z.string().min(1).max(100)).max(200);
const itemList = z.array(z.enum(missingItems));
const repository = z.string().regex(/^[\w.-]{1,100}\/[\w.-]{1,100}$/, 'owner/name');
const unitMs = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/** `90m`, `12h`, `3d`, `2w` → milliseconds. */
const duration = z
  .string()
  .regex(/^\d{1,4} ?[mhdw]$/, 'a duration such as 90m, 12h, 3d or 2w')
  .transform((text) => Number.parseInt(text, 10) * unitMs[text.at(-1) as keyof typeof unitMs]);

const perDay = rate('day');
const perHour = rate('hour');

/** `5 per day` → 5. */
function rate(unit: string) {
  return z
    .string()
    .regex(new RegExp(`^\\d{1,5} per ${unit}$`), `a number "per ${unit}", such as "5 per ${unit}"`)
    .transform((text) => Number.parseInt(text, 10));
}

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** `monday 09:00 Europe/Berlin`; the zone is UTC by default. */
const weeklyTime = z.string().transform((text, context) => {
  const [, day = '', hour = '', minute = '', zone = 'UTC'] =
    /^([a-z]+) ([01]\d|2[0-3]):([0-5]\d)(?: (\S{1,64}))?$/i.exec(text) ?? [];
  const weekday = weekdays.indexOf(day.toLowerCase()) + 1;
  if (weekday === 0 || !isTimeZone(zone)) {
    context.addIssue({
      code: 'custom',
      message: 'a weekday, a time and a time zone, such as "monday 09:00 UTC"',
    });
    return z.NEVER;
  }
  return { weekday, hour: Number(hour), minute: Number(minute), zone };
});

function isTimeZone(zone: string): boolean {
  // Accepts the default without loading the table of zones.
  if (zone === 'UTC') return true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** `.github/signpost.yml` with all defaults: every key is optional, unknown keys are refused. */
export const configSchema = z.strictObject({
  mode: z.enum(['observe', 'advise', 'act']).default('observe'),
  packs: nameList.default(['claude-code']),
  comment: z.strictObject({ at: probability.default(0.9) }).prefault({}),
  labels: z
    .strictObject({
      at: z
        .union([z.literal('auto'), probability], { error: 'auto, or a number from 0 to 1' })
        .default('auto'),
      allow: nameList.default(['area:*', 'platform:*']),
      create: z.boolean().default(false),
      duplicate: z.string().min(1).max(50).default('possible-duplicate'),
      regression: z.string().min(1).max(50).default('regression'),
      signature: z.string().min(1).max(50).default('signature:{id}'),
    })
    .prefault({}),
  duplicates: z
    .strictObject({
      at: probability.default(0.77),
      max: z.int().min(1).max(10).default(3),
      related: z.array(repository).max(20).default([]),
    })
    .prefault({}),
  missing: z
    .strictObject({
      bug: itemList.default(['message', 'command', 'version', 'platform']),
      feature: itemList.default([]),
      question: itemList.default([]),
      label: z.string().min(1).max(50).nullable().default('needs-info'),
    })
    .prefault({}),
  secrets: z.strictObject({ label: z.string().min(1).max(50).nullable().default(null) }).prefault({}),
  ledger: z.strictObject({ 'on-root': z.boolean().default(false) }).prefault({}),
  close: z
    .strictObject({
      at: probability.default(0.98),
      after: duration.prefault('3d'),
      'at-most': perDay.prefault('5 per day'),
      never: nameList.default(['has repro', 'security']),
      unless: z.strictObject({ 'thumbs-up': z.int().min(0).default(5) }).prefault({}),
      confirm: z.enum(['person', 'none']).default('person'),
    })
    .prefault({}),
  digest: z
    .strictObject({
      on: weeklyTime.prefault('monday 09:00 UTC'),
      as: z.enum(['issue', 'file', 'none']).default('issue'),
    })
    .prefault({}),
  limits: z.strictObject({ comments: perHour.prefault('60 per hour') }).prefault({}),
  guard: z.boolean().default(false),
  ignore: z.strictObject({ authors: nameList.default([]), labels: nameList.default([]) }).prefault({}),
});
