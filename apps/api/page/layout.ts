import { html, type Html } from './html.js';

export const STYLE_PATH = '/page/style.css';

/** The frame of every page. */
export const layout = (title: string, main: Html, foot: Html | null = null): string =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link rel="icon" href="/page/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="${STYLE_PATH}" />
      </head>
      <body>
        <a class="skip" href="#main">Skip to the content</a>
        <header class="top">
          <a class="mark" href="/"
            ><svg viewBox="0 0 32 32" aria-hidden="true">
              <circle cx="12" cy="16" r="9" />
              <circle cx="20" cy="16" r="9" /></svg
            >Concord</a
          >
          <nav aria-label="Interface">
            <a href="/docs">HTTP interface</a><a href="/page/glossary">Glossary</a><a href="/page/health">Health</a>
          </nav>
        </header>
        <main id="main">${main}</main>
        <footer>${foot ?? html`<p>One shared, replayable ledger of every lead’s life.</p>`}</footer>
      </body>
    </html> `.html;

export const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" fill="none" stroke="#0f766e" stroke-width="3"><circle cx="12" cy="16" r="9"/><circle cx="20" cy="16" r="9" stroke="#b45309"/></svg>';
