import { CREDIT_MODELS, customModel, type CreditModel } from '#attribution/credit-models/credit-models.js';
import { parseTransform } from '#attribution/credit-models/path-transforms.js';
import type { PathOptions } from '#attribution/credit-models/touch-path.js';
import { calendar } from '#kernel/calendar.js';
import { UsageError } from '../exit-code.js';
import type { AttributeFlags } from './describe-attribute.js';
import type { AttributeMapping } from './mapping.js';

/** The two ways to ask do not mix; an option that would change nothing is refused, as it was meant to. */
export function refuseStrayFlags(paths: string | undefined, flags: AttributeFlags): void {
  if (paths !== undefined && flags.touches !== undefined)
    throw new UsageError('give a file of paths or --touches, not both');
  if (paths === undefined && flags.touches === undefined)
    throw new UsageError('name a file of paths, or --touches and --conversions');
  if (flags.touches !== undefined && flags.conversions === undefined)
    throw new UsageError('--touches needs --conversions, the file of conversions');
  const stray: readonly (keyof AttributeFlags)[] =
    paths === undefined
      ? ['path', 'separator', 'null']
      : ['window', 'person', 'at', 'campaign', 'kind', 'leadCreated', 'opportunity'];
  const given = stray.find((name) => flags[name] !== undefined);
  if (given !== undefined)
    throw new UsageError(
      `${optionName(given)} goes ${paths === undefined ? 'with a file of paths' : 'with --touches'}`,
    );
  if (paths !== undefined && flags.by !== 'channel') throw new UsageError('--by campaign goes with --touches');
}

/** Throws UsageError for a name that is no model; a mapping's own models come first. */
export function chosenModels(names: readonly string[] | undefined, mapping: AttributeMapping): CreditModel[] {
  const own = new Map(Object.entries(mapping.models ?? {}));
  return [...new Set(names ?? ['first-touch', 'last-touch', 'linear'])].map((name) => {
    const weights = own.get(name);
    if (weights !== undefined) return customModel(name, weights);
    const model = CREDIT_MODELS.get(name);
    if (model !== undefined) return model;
    throw new UsageError(
      `there is no model "${name}"; there are ${[...own.keys(), ...CREDIT_MODELS.keys()].join(', ')}`,
    );
  });
}

export function pathOptions(flags: AttributeFlags): PathOptions {
  const { dayOf } = calendar(flags.timeZone, '01-01');
  const transforms = (flags.transform ?? []).map((text) => {
    const transform = parseTransform(text);
    if (transform === null)
      throw new UsageError(
        `"${text}" is no transform; there are exposure (collapse), first, unique, trim:N, remove-if-not-all:CHANNEL, remove-if-last-and-not-all:CHANNEL`,
      );
    return transform;
  });
  return {
    window: flags.window === undefined ? null : { days: windowDays(flags.window), dayOf },
    excluded: new Set(flags.exclude),
    transforms,
  };
}

function windowDays(text: string): number {
  const match = /^(\d{1,5})d?$/.exec(text);
  if (match === null) throw new UsageError(`--window takes days such as 30d, not "${text}"`);
  return Number(match[1]);
}

const optionName = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
