// What every journey stands on: the built program on a folder of its own, a real browser, and
// the promises that hold on each page (no raw key, no stranger, nothing for axe to say).
//
//     const bench = await open()             // the program with its example data, and Chromium
//     const page = await bench.page()        // a visitor; see `page` for the kinds of visitors
//     await visit(page, '/registre')         // goes there, and holds the promises
//     await screenshot(page, 'registre')     // browser/results/registre.png
//     await bench.close()                    // in `after`: stops both, clears the folder

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import timers from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const RESULTS = fileURLToPath(new URL('results/', import.meta.url))
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** How long the program may take to be ready, on a loaded machine, filling its base included. */
const READY_MS = 120_000
const AXE_MS = 60_000
/** How long a page may take for one step. */
const STEP_MS = 15_000

// Headless as root, and silent: without these Chromium looks for hosts of its own at each start.
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The built program: what `cargo x test` says, else the newest place where it usually lies. */
export function program() {
  const target = process.env.CARGO_TARGET_DIR ?? join(ROOT, 'target')
  const places = [
    process.env.BENKADI_PROGRAM,
    join(target, 'debug/benkadi'),
    join(target, 'release/benkadi'),
  ]
  const found = places.find((it) => it && existsSync(it))
  assert.ok(found, 'The program is not built. Type `cargo build`, or run `cargo x test`.')
  return found
}

/** Starts `benkadi serve` on a folder; gives its address and the ways to end it. */
export async function serve({ data, empty = false, options = [] }) {
  const words = ['serve', '--data', data, '--listen', '127.0.0.1:0', ...(empty ? ['--empty'] : [])]
  const child = spawn(program(), [...words, ...options], { stdio: ['ignore', 'pipe', 'pipe'] })
  // Leaves with us even when a journey breaks before its end.
  const leave = () => child.kill('SIGKILL')
  process.once('exit', leave)
  const ended = new Promise((done) => child.once('exit', (code, signal) => done({ code, signal })))
  ended.then(() => process.off('exit', leave))
  let said = ''
  const address = await new Promise((ready, fail) => {
    const late = setTimeout(() => {
      leave()
      fail(new Error(`The program was not ready after ${READY_MS / 1000} s. It said:\n${said}`))
    }, READY_MS)
    const listen = (chunk) => {
      said += chunk
      const found = said.match(/http:\/\/127\.0\.0\.1:\d+\/?(?=\s)/)
      if (found) {
        clearTimeout(late)
        ready(found[0].replace(/\/$/, ''))
      }
    }
    child.stdout.setEncoding('utf8').on('data', listen)
    child.stderr.setEncoding('utf8').on('data', (chunk) => (said += chunk))
    child.once('error', fail)
    ended.then(({ code, signal }) => {
      clearTimeout(late)
      fail(new Error(`The program ended (${code ?? signal}) before it was ready. It said:\n${said}`))
    })
  })
  return {
    address,
    data,
    /** All that it has printed so far. */
    said: () => said,
    /** Asks it to end, as an operator does; gives its exit code. */
    stop: async () => {
      child.kill('SIGTERM')
      return (await ended).code
    },
    /** The power goes. */
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** A folder for the data of one post, gone after `bench.close()` if it came from `open`. */
export const folder = () => mkdtemp(join(tmpdir(), 'benkadi-journey-'))

/** Starts a program on a folder of its own, and Chromium. */
export async function open({ data, empty = false, options = [] } = {}) {
  const own = data === undefined ? await folder() : undefined
  const clear = () => own && rm(own, { recursive: true, force: true })
  const giveUp = async (error, server) => {
    await server?.kill()
    await clear()
    throw error
  }
  const server = await serve({ data: data ?? own, empty, options }).catch(giveUp)
  const browser = await launch().catch((error) => giveUp(error, server))
  const bench = {
    server,
    address: server.address,
    browser,
    page: (kind) => page(browser, bench.server.address, kind),
    /** The program dies and starts again on the same data; pages must be opened anew. */
    powerCut: async () => {
      await bench.server.kill()
      bench.server = await serve({ data: bench.server.data, options })
      bench.address = bench.server.address
    },
    close: async () => {
      await browser.close()
      await bench.server.stop()
      await clear()
    },
  }
  return bench
}

/** Chromium, without a program: for journeys that run several posts. */
export function launch() {
  const executablePath = process.env.BENKADI_CHROMIUM ?? '/usr/bin/chromium'
  return chromium.launch({ executablePath, headless: true, args: FLAGS })
}

/**
 * A visitor's page on the program at `address`, with its own cookies.
 *
 * - `language`: `fr` or `en`, what the browser prefers;
 * - `narrow`: a telephone of 320 px;
 * - `javaScript: false`: an old or locked browser;
 * - `options`: anything else of Playwright's contexts.
 *
 * No page may call another host: whatever tries is stopped, and `visit` tells of it.
 */
export async function page(browser, address, kind = {}) {
  const { language = 'fr', narrow = false, javaScript = true, options = {} } = kind
  const context = await browser.newContext({
    baseURL: address,
    locale: language === 'fr' ? 'fr-FR' : 'en-GB',
    timezoneId: 'Africa/Bamako',
    javaScriptEnabled: javaScript,
    viewport: narrow ? { width: 320, height: 640 } : { width: 1280, height: 800 },
    reducedMotion: 'reduce',
    ...options,
  })
  const strangers = []
  await context.route(
    (url) => url.origin !== address && url.protocol.startsWith('http'),
    (route) => {
      strangers.push(route.request().url())
      return route.abort()
    },
  )
  const opened = await context.newPage()
  opened.setDefaultTimeout(STEP_MS)
  const errors = []
  opened.on('pageerror', (error) => errors.push(error.message))
  opened.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
  watched.set(opened, { strangers, errors, narrow, javaScript })
  return opened
}

const watched = new WeakMap()

/** Opens a page of the program, and holds what must be true of every page. */
export async function visit(page, path, { status = 200 } = {}) {
  const answer = await page.goto(path)
  assert.equal(answer?.status(), status, `${path} answers ${answer?.status()}`)
  await sound(page, { status })
  return answer
}

/**
 * What must be true of every page, also after a form was sent: no raw key, no other host, no
 * script error, nothing cut off on a narrow screen, no violation for axe.
 */
export async function sound(page, { status = 200 } = {}) {
  const { strangers, errors, narrow, javaScript } = watched.get(page)
  await noRawKeys(page)
  // axe needs the page's own clock, which stands still where JavaScript is off.
  if (javaScript) await axe(page)
  assert.deepEqual(strangers, [], `${page.url()} calls other hosts`)
  // Chromium writes a refused page itself into its console. What was looked at is not told again.
  const real = errors.splice(0).filter((it) => status === 200 || !it.startsWith('Failed to load resource'))
  assert.deepEqual(real, [], `${page.url()} has script errors`)
  if (narrow) await noSideways(page)
}

/** Nothing on the page for axe-core to say: WCAG 2.2 A and AA, and its best practices. */
export async function axe(page) {
  await page.evaluate(AXE)
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
  const { violations } = await Promise.race([
    page.evaluate(
      (values) => globalThis.axe.run(document, { runOnly: { type: 'tag', values } }),
      tags,
    ),
    timers.setTimeout(AXE_MS, undefined, { ref: false }).then(() => {
      throw new Error(`axe has not answered on ${page.url()} after ${AXE_MS / 1000} s`)
    }),
  ])
  const told = violations.map(({ id, help, nodes }) => {
    const places = nodes.map((it) => `    ${it.target.join(' ')}: ${it.html.slice(0, 160)}`)
    return [`  ${id}: ${help}`, ...places].join('\n')
  })
  assert.equal(told.length, 0, `${page.url()} keeps people out:\n${told.join('\n')}`)
}

/** No key of the catalogues stands where words should, in the text or in what is read aloud. */
export async function noRawKeys(page) {
  const words = await page.evaluate(() => {
    const found = [document.title]
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (texts.nextNode()) {
      const tag = texts.currentNode.parentElement?.tagName
      if (!['SCRIPT', 'STYLE', 'CODE', 'PRE'].includes(tag)) found.push(texts.currentNode.data)
    }
    for (const name of ['alt', 'aria-label', 'aria-description', 'placeholder', 'title']) {
      for (const it of document.querySelectorAll(`[${name}]`)) found.push(it.getAttribute(name))
    }
    for (const it of document.querySelectorAll('input[type=submit], input[type=button]')) {
      found.push(it.value)
    }
    return found.join('\n')
  })
  assert.deepEqual(rawKeys(words), [], `${page.url()} shows keys instead of words`)
}

/** The raw keys, failed placeables and marks of a missing text in these words. */
export function rawKeys(words) {
  const { known, stems } = keys()
  const tokens = words.match(/(?<![\p{L}\p{N}./@_-])[a-z][a-z0-9]*(?:-[A-Za-z0-9]+)+(?![\p{L}\p{N}./@_-])/gu)
  const isKey = (it) => known.has(it) || (it.split('-').length > 2 && stems.has(stem(it)))
  const marks = words.match(/\?\?\?|\{\s*\$[^}]*\}|\{\s*\w+\(\)\s*\}/g)
  return [...new Set([...(tokens ?? []).filter(isKey), ...(marks ?? [])])]
}

const stem = (key) => key.split('-').slice(0, 2).join('-')

let read

/** Every key of the French catalogues, and the first two parts of those that have more. */
function keys() {
  if (read) return read
  const known = new Set()
  const crates = join(ROOT, 'crates')
  for (const path of readdirSync(crates, { recursive: true })) {
    if (!/^(.*\.)?fr\.ftl$/.test(basename(path))) continue
    const text = readFileSync(join(crates, path), 'utf8')
    // A key of one word may also be a word: only those with a hyphen can be told apart.
    for (const [, key] of text.matchAll(/^([a-z][A-Za-z0-9-]*-[A-Za-z0-9-]+) *=/gm)) known.add(key)
  }
  assert.ok(known.size > 0, 'No catalogue fr.ftl was found under crates/.')
  const long = [...known].filter((it) => it.split('-').length > 2)
  const stems = new Set(long.map(stem))
  return (read = { known, stems })
}

/** The page fits its width: nobody has to scroll sideways to read. */
export async function noSideways(page) {
  const { wide, seen, beyond } = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    const out = [...document.body.querySelectorAll('*')].filter((it) => {
      const { right, width } = it.getBoundingClientRect()
      return width > 0 && right > clientWidth + 0.5
    })
    // The innermost are the cause; what holds them is only stretched.
    const inner = out.filter((it) => !out.some((other) => it !== other && it.contains(other)))
    const beyond = inner.slice(0, 5).map((it) => it.outerHTML.slice(0, 120))
    return { wide: scrollWidth, seen: clientWidth, beyond }
  })
  const told = `${page.url()} is ${wide} px wide on a screen of ${seen} px:\n${beyond.join('\n')}`
  assert.ok(wide <= seen, told)
}

/** A picture of the whole page, for people to look at. */
export async function screenshot(page, name) {
  await mkdir(RESULTS, { recursive: true })
  const path = join(RESULTS, `${name}.png`)
  await page.screenshot({ path, fullPage: true })
  return path
}

/** Pulls the cable between the browser and the program; `plug` puts it back. */
export const unplug = (page) => page.context().setOffline(true)
export const plug = (page) => page.context().setOffline(false)
