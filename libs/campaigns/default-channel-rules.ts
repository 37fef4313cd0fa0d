import type { ChannelRule } from './events/channel-rules-events.js';

const SEARCH = ['google*', 'bing*', 'yahoo*', 'duckduckgo*', 'ecosia*', 'baidu*', 'yandex*', 'naver*', 'qwant*'];
const SOCIAL = [
  ...[
    'facebook*',
    'fb',
    'instagram*',
    'ig',
    'linkedin*',
    'lnkd*',
    'twitter*',
    'x.com',
    't.co',
    'reddit*',
    'pinterest*',
  ],
  ...['tiktok*', 'snapchat*', 'xing*', 'threads*', 'mastodon*', 'quora*'],
];
const VIDEO = ['youtube*', 'vimeo*', 'twitch*', 'dailymotion*'];
const PAID = ['cp*', 'ppc', 'paid*', 'retargeting', 'remarketing'];

/**
 * Version 1, in use until others are defined. It follows the order and the meaning of Google Analytics' default channel group
 * (https://support.google.com/analytics/answer/9756891, retrieved 2026-11): direct first, then what was paid for by where it ran, then what was
 * not, then the media that name themselves. Added for sales teams: event, and outbound for what they begin themselves.
 */
export const DEFAULT_CHANNEL_RULES: readonly ChannelRule[] = [
  { channel: 'direct', source: ['direct', '(direct)'] },
  { channel: 'paid_search', source: SEARCH, medium: PAID },
  { channel: 'paid_social', source: SOCIAL, medium: PAID },
  { channel: 'paid_video', source: VIDEO, medium: PAID },
  { channel: 'paid_social', medium: ['paid_social', 'paid-social', 'paidsocial'] },
  { channel: 'display', medium: ['display', 'banner', 'expandable', 'interstitial', 'cpm'] },
  { channel: 'paid_other', medium: PAID },
  { channel: 'social', source: SOCIAL },
  { channel: 'social', medium: ['social*', 'sm'] },
  { channel: 'organic_video', source: VIDEO },
  { channel: 'organic_video', medium: ['*video*'] },
  { channel: 'email', medium: ['email', 'e-mail', 'e_mail', 'e mail', 'newsletter'] },
  { channel: 'email', source: ['email', 'e-mail', 'e_mail', 'e mail', 'newsletter'] },
  { channel: 'organic_search', source: SEARCH },
  { channel: 'organic_search', medium: ['organic'] },
  { channel: 'affiliates', medium: ['affiliate*'] },
  { channel: 'referral', medium: ['referral', 'referrer', 'app', 'link', 'partner'] },
  { channel: 'audio', medium: ['audio', 'podcast'] },
  { channel: 'sms', medium: ['sms'] },
  { channel: 'push', medium: ['*push', '*notification*'] },
  { channel: 'event', medium: ['event*', 'conference', 'trade*show', 'fair', 'webinar'] },
  { channel: 'outbound', medium: ['outbound', 'call', 'cold*', 'sdr', 'sales'] },
];
