// Every page that links lead to, in both languages and on a telephone: whole words, nothing for
// axe to say, nothing cut off, and no heavier than prepaid data allows.

import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { folder, noRawKeys, noSideways, open, screenshot, sound } from '../harness.mjs'
import { setUp, signIn, weighed } from './acts.mjs'

/** Pages looked at in one crawl, and those of one kind (two partnerships stand for all). */
const MOST = 80
const OF_A_KIND = 2

const FILES = /\.(csv|json|jsonld|xlsx|docx|pdf|svg|txt|geojson|zip)$/

let bench, data
before(async () => {
  data = await folder()
  bench = await open({ data })
})
after(async () => {
  await bench?.close()
  await rm(data, { recursive: true, force: true })
})

/** What pages of one kind share: codes become stars, a query keeps its names only. */
function kind(url) {
  const path = url.pathname.split('/').map((it) => (/[0-9]|^[A-Z]{2}/.test(it) ? '*' : it))
  return [path.join('/'), ...[...url.searchParams.keys()].sort()].join(' ')
}

/** Follows the links from `from`; calls `look` on each page that it opens. */
async function crawl(page, from, look) {
  const origin = new URL(bench.address).origin
  const seen = new Map()
  const waiting = [new URL(from, origin)]
  const files = new Map()
  const known = new Set()
  const faults = []
  let count = 0
  while (waiting.length > 0 && count < MOST) {
    const url = waiting.shift()
    const answer = await page.goto(url.href)
    count += 1
    // All faults are told at once, at the end.
    try {
      assert.equal(answer.status(), 200, `${url.pathname}${url.search} answers ${answer.status()}`)
      await look(url)
    } catch (error) {
      faults.push(error.message)
    }
    // A link inside a picture says its address otherwise than one of the page.
    const links = await page.evaluate(() =>
      [...document.querySelectorAll('a')]
        .filter((it) => it.hasAttribute('href'))
        .map((it) => new URL(it.getAttribute('href'), document.baseURI).href),
    )
    for (const link of links) {
      const next = new URL(link)
      next.hash = ''
      next.searchParams.delete('langue')
      if (next.origin !== origin || known.has(next.href)) continue
      known.add(next.href)
      const its = kind(next)
      if (FILES.test(next.pathname)) {
        if (!files.has(its)) files.set(its, next.href)
        continue
      }
      const already = seen.get(its) ?? 0
      if (already < OF_A_KIND) {
        seen.set(its, already + 1)
        waiting.push(next)
      }
    }
  }
  assert.equal(faults.length, 0, faults.join('\n\n'))
  return { count, files: [...files.values()], kinds: [...seen.keys()] }
}

/** Every file that a page offers can be had, and holds something. */
async function filesAnswer(page, files) {
  for (const href of files) {
    const answer = await page.request.get(href)
    assert.equal(answer.status(), 200, `${href} answers ${answer.status()}`)
    assert.ok((await answer.body()).length > 20, `${href} is empty`)
  }
}

async function onTelephone(page) {
  await page.setViewportSize({ width: 320, height: 640 })
  await noSideways(page)
  await page.setViewportSize({ width: 1280, height: 800 })
}

const name = (prefix, url) =>
  `${prefix}${url.pathname === '/' ? '/accueil' : url.pathname}${url.search}`
    .replace(/[^A-Za-z0-9]+/g, '-')
    .slice(0, 80)

test('every public page is whole in French, on a wide and on a narrow screen', async (t) => {
  const page = await bench.page()
  const { count, files, kinds } = await crawl(page, '/', async (url) => {
    await sound(page)
    await onTelephone(page)
    if (process.env.BENKADI_PICTURES) await pictures(page, 'public', url)
  })
  t.diagnostic(`${count} pages of ${kinds.length} kinds, ${files.length} kinds of files`)
  assert.ok(count > 20, `only ${count} pages were found`)
  await filesAnswer(page, files)
})

test('every public page is whole in English', async () => {
  const page = await bench.page({ language: 'en' })
  await page.goto('/?langue=en')
  await crawl(page, '/', async (url) => {
    await noRawKeys(page)
    assert.equal(await page.locator('html').getAttribute('lang'), 'en', url.href)
  })
})

test('a public page costs 30 kB at most, 14 kB of them at first, and no script', async (t) => {
  for (const path of [
    '/',
    '/registre',
    '/registre?q=kayes',
    '/registre/bamako',
    '/territoire',
    '/territoire/ML0103?le=2006-01-01',
    '/suivi',
    '/suivi/indicateurs',
    '/sources',
    '/connexion',
  ]) {
    const visitor = await weighed(bench.browser, bench.address)
    await visitor.page.goto(path, { waitUntil: 'networkidle' })
    const spent = visitor.take()
    await visitor.close()
    t.diagnostic(`${path} ${JSON.stringify(spent)}`)
    assert.ok(spent.Document <= 14_000, `${path}: ${spent.Document} bytes of page`)
    assert.ok(spent.all <= 30_000, `${path}: ${spent.all} bytes`)
    assert.ok((spent.Stylesheet ?? 0) <= 10_500, `${path}: ${spent.Stylesheet} bytes of style`)
    assert.equal(spent.Script, undefined, `${path} brings a script`)
    assert.equal(spent.Font, undefined, `${path} brings a font`)
  }
})

test('pages of a person signed in are whole in both languages', async (t) => {
  const page = await bench.page()
  await setUp(page, {
    place: 'EX-CERCLE',
    name: 'Moussa Keïta',
    login: 'moussa.keita',
    office: 'cercle-adviser',
    title: 'Conseiller du centre',
  })
  const { count, files, kinds } = await crawl(page, '/suivi', async (url) => {
    await sound(page)
    await onTelephone(page)
    if (process.env.BENKADI_PICTURES) await pictures(page, 'poste', url)
    await page.goto(`${url.pathname}${url.search}${url.search ? '&' : '?'}langue=en`)
    await noRawKeys(page)
    await page.goto(`${url.pathname}${url.search}${url.search ? '&' : '?'}langue=fr`)
  })
  t.diagnostic(`${count} pages of ${kinds.length} kinds, ${files.length} kinds of files`)
  await filesAnswer(page, files)
})

test('work costs 120 kB at first, then 15 kB a screen', async (t) => {
  const visitor = await weighed(bench.browser, bench.address)
  await signIn(visitor.page, 'moussa.keita')
  let isFirst = true
  for (const path of [
    '/suivi',
    '/suivi/saisie/EX-C1/2025T1/J02?palier=complet',
    '/suivi/saisie/EX-C1/2025T1/J05',
    '/suivi/alertes/EX-CERCLE/2024T4',
    '/suivi/indicateurs?lieu=EX-CERCLE&periode=2024T4',
    '/echanges',
  ]) {
    await visitor.page.goto(path, { waitUntil: 'networkidle' })
    const spent = visitor.take()
    t.diagnostic(`${path} ${JSON.stringify(spent)}`)
    assert.ok(spent.all <= (isFirst ? 120_000 : 15_000), `${path}: ${JSON.stringify(spent)} bytes`)
    assert.ok((spent.Script ?? 0) <= 60_000, `${path}: ${spent.Script} bytes of script`)
    isFirst = false
  }
  await visitor.close()
})

/** Pictures of both widths, for people to look at: `BENKADI_PICTURES=1`. */
async function pictures(page, prefix, url) {
  await screenshot(page, name(prefix, url))
  await page.setViewportSize({ width: 320, height: 640 })
  await screenshot(page, `${name(prefix, url)}-320`)
  await page.setViewportSize({ width: 1280, height: 800 })
}
