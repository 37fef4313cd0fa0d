import type { Actor, Team } from '#kernel/envelope.js';
import type { Instant } from '#kernel/time.js';

/** The made-up company: who works there, what it sells, and where its leads come from. */

export const DAY = 86_400_000;
export const HOUR = 3_600_000;
export const MINUTE = 60_000;

/** The two years that the story covers; fixed, so that the same seed is the same story for ever. */
export const BEGIN: Instant = Date.UTC(2024, 0, 1);
export const END: Instant = Date.UTC(2026, 0, 1);

export interface StaffEntry {
  readonly handle: string;
  readonly team: Team;
  readonly role: 'member' | 'head';
  readonly manager: string | null;
  readonly job: 'marketer' | 'sdr' | 'closer' | 'finance' | 'lead';
  readonly from: Instant;
  readonly to: Instant;
}

const always = { from: BEGIN - 30 * DAY, to: END };

/** Someone who changed team stands here twice. */
export const STAFF: readonly StaffEntry[] = [
  { handle: 'ana.prado', team: 'management', role: 'head', manager: null, job: 'lead', ...always },
  { handle: 'ines.duarte', team: 'marketing', role: 'head', manager: 'ana.prado', job: 'marketer', ...always },
  { handle: 'clara.neumann', team: 'sales', role: 'head', manager: 'ana.prado', job: 'lead', ...always },
  { handle: 'ruth.vogel', team: 'finance', role: 'head', manager: 'ana.prado', job: 'finance', ...always },
  { handle: 'tom.keller', team: 'marketing', role: 'member', manager: 'ines.duarte', job: 'marketer', ...always },
  { handle: 'aisha.khan', team: 'marketing', role: 'member', manager: 'ines.duarte', job: 'marketer', ...always },
  {
    handle: 'noah.berg',
    team: 'marketing',
    role: 'member',
    manager: 'ines.duarte',
    job: 'marketer',
    from: always.from,
    to: Date.UTC(2025, 0, 6),
  },
  {
    handle: 'noah.berg',
    team: 'sales',
    role: 'member',
    manager: 'clara.neumann',
    job: 'sdr',
    from: Date.UTC(2025, 0, 6),
    to: END,
  },
  { handle: 'leo.brandt', team: 'sales', role: 'member', manager: 'clara.neumann', job: 'sdr', ...always },
  { handle: 'maya.ortiz', team: 'sales', role: 'member', manager: 'clara.neumann', job: 'sdr', ...always },
  {
    handle: 'jonas.weber',
    team: 'sales',
    role: 'member',
    manager: 'clara.neumann',
    job: 'sdr',
    from: always.from,
    to: Date.UTC(2025, 6, 1),
  },
  {
    handle: 'kim.tran',
    team: 'sales',
    role: 'member',
    manager: 'clara.neumann',
    job: 'sdr',
    from: Date.UTC(2025, 2, 3),
    to: END,
  },
  { handle: 'sofia.rossi', team: 'sales', role: 'member', manager: 'clara.neumann', job: 'closer', ...always },
  { handle: 'marek.novak', team: 'sales', role: 'member', manager: 'clara.neumann', job: 'closer', ...always },
  { handle: 'elena.petrova', team: 'sales', role: 'member', manager: 'clara.neumann', job: 'closer', ...always },
  {
    handle: 'david.osei',
    team: 'sales',
    role: 'member',
    manager: 'clara.neumann',
    job: 'closer',
    from: Date.UTC(2024, 5, 3),
    to: END,
  },
];

export const AUTOMATION: Actor = { id: 'marketing-automation', team: 'system' };
export const HEAD_OF_SALES: Actor = { id: 'clara.neumann', team: 'sales' };
export const HEAD_OF_MARKETING: Actor = { id: 'ines.duarte', team: 'marketing' };
export const FINANCE: Actor = { id: 'ruth.vogel', team: 'finance' };

/** Who does this job at that moment; never empty within the story. */
export const staffAt = (job: StaffEntry['job'], at: Instant): readonly StaffEntry[] =>
  STAFF.filter((entry) => entry.job === job && entry.from <= at && at < entry.to);

export interface Channel {
  readonly name: string;
  readonly weight: number;
  readonly source: string;
  readonly medium: string;
  readonly touch: string;
  readonly campaigns: readonly [string, ...string[]];
  /** Chances of becoming an MQL, of being accepted, and of winning a deal. */
  readonly mql: number;
  readonly accept: number;
  readonly win: number;
  /** Share of leads that sales found on its own. */
  readonly outbound?: true;
}

export const CHANNELS: readonly [Channel, ...Channel[]] = [
  {
    name: 'paid_search',
    weight: 24,
    source: 'google',
    medium: 'cpc',
    touch: 'ad-click',
    campaigns: ['brand', 'category', 'competitors'],
    mql: 0.34,
    accept: 0.66,
    win: 0.3,
  },
  {
    name: 'organic_search',
    weight: 22,
    source: 'google',
    medium: 'organic',
    touch: 'page-view',
    campaigns: ['guides', 'comparison-pages'],
    mql: 0.38,
    accept: 0.7,
    win: 0.34,
  },
  {
    name: 'social',
    weight: 13,
    source: 'linkedin',
    medium: 'paid-social',
    touch: 'ad-click',
    campaigns: ['founder-stories', 'benchmark-report'],
    mql: 0.22,
    accept: 0.5,
    win: 0.2,
  },
  {
    name: 'email',
    weight: 9,
    source: 'newsletter',
    medium: 'email',
    touch: 'email',
    campaigns: ['monthly-letter', 'product-news'],
    mql: 0.3,
    accept: 0.6,
    win: 0.27,
  },
  {
    name: 'referral',
    weight: 9,
    source: 'customers',
    medium: 'referral',
    touch: 'referral',
    campaigns: ['refer-a-friend'],
    mql: 0.52,
    accept: 0.82,
    win: 0.46,
  },
  {
    name: 'events',
    weight: 7,
    source: 'trade-fair',
    medium: 'event',
    touch: 'event',
    campaigns: ['spring-fair', 'autumn-fair', 'roadshow'],
    mql: 0.44,
    accept: 0.62,
    win: 0.33,
  },
  {
    name: 'webinar',
    weight: 6,
    source: 'webinar',
    medium: 'webinar',
    touch: 'webinar',
    campaigns: ['how-to-series', 'expert-panel'],
    mql: 0.42,
    accept: 0.64,
    win: 0.31,
  },
  {
    name: 'direct',
    weight: 5,
    source: 'direct',
    medium: 'none',
    touch: 'form',
    campaigns: ['none'],
    mql: 0.4,
    accept: 0.72,
    win: 0.36,
  },
  {
    name: 'outbound',
    weight: 5,
    source: 'sales',
    medium: 'outbound',
    touch: 'call',
    campaigns: ['none'],
    mql: 0,
    accept: 0.5,
    win: 0.24,
    outbound: true,
  },
];

export interface Segment {
  readonly name: string;
  readonly weight: number;
  /** Median value of a deal in whole units of the currency, and median days from opening to close. */
  readonly value: number;
  readonly cycle: number;
}

export const SEGMENTS: readonly [Segment, ...Segment[]] = [
  { name: 'small', weight: 58, value: 2_400, cycle: 16 },
  { name: 'mid-market', weight: 31, value: 14_000, cycle: 38 },
  { name: 'enterprise', weight: 11, value: 62_000, cycle: 84 },
];

export const COUNTRIES: readonly [string, ...string[]] = [
  'DE',
  'DE',
  'DE',
  'GB',
  'GB',
  'FR',
  'FR',
  'PT',
  'NL',
  'ES',
  'US',
  'US',
];
export const PRODUCTS: readonly [string, ...string[]] = ['starter', 'team', 'team', 'platform'];
export const INDUSTRIES: readonly [string, ...string[]] = [
  'software',
  'manufacturing',
  'retail',
  'health',
  'logistics',
  'education',
  'finance',
];
export const FIRST_NAMES: readonly [string, ...string[]] = [
  'Ada',
  'Bruno',
  'Chiara',
  'Diego',
  'Emma',
  'Farid',
  'Greta',
  'Hana',
  'Ivan',
  'Julia',
  'Karim',
  'Lena',
  'Mateo',
  'Nadia',
  'Oskar',
  'Paula',
  'Rafael',
  'Sara',
  'Tariq',
  'Vera',
];
export const LAST_NAMES: readonly [string, ...string[]] = [
  'Almeida',
  'Becker',
  'Costa',
  'Dubois',
  'Evans',
  'Fischer',
  'Garcia',
  'Hansen',
  'Ito',
  'Jensen',
  'Kowalski',
  'Lindqvist',
  'Moreau',
  'Nilsson',
  'Okafor',
  'Pereira',
  'Quinn',
  'Romano',
  'Schmidt',
  'Taylor',
];
export const COMPANY_WORDS: readonly [string, ...string[]] = [
  'Alder',
  'Bright',
  'Cobalt',
  'Delta',
  'Elm',
  'Fjord',
  'Granite',
  'Harbour',
  'Indigo',
  'Juniper',
  'Keystone',
  'Lumen',
  'Meridian',
  'Northern',
  'Orchard',
  'Pine',
];
export const COMPANY_KINDS: readonly [string, ...string[]] = [
  'Works',
  'Systems',
  'Logistics',
  'Foods',
  'Labs',
  'Partners',
  'Textiles',
  'Energy',
  'Media',
  'Tools',
];
