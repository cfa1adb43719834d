// What people do again and again in the journeys: set up a post, sign in, send a form, keep a
// file. Each act goes through the page, as a person does.

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { inflateRawSync } from 'node:zlib'
import { program, sound } from '../harness.mjs'

/** A password that no rule refuses; the posts of the journeys are gone after them. */
export const PASSWORD = 'le fleuve passe à Ségou'

/** Runs a command of the program; gives its exit code, its JSON answer and its words. */
export function run(words, input = '') {
  return new Promise((done) => {
    const child = execFile(program(), ['--json', ...words], (error, said, told) => {
      const code = error ? error.code : 0
      const answer = said.trim() ? JSON.parse(said.trim().split('\n').at(-1)) : undefined
      done({ code, answer, told })
    })
    child.stdin.end(input)
  })
}

/** Prepares the base of a post at a place; `exercise` holds the example without its last quarter. */
export async function prepare(data, place, content = 'exercise') {
  const { code, told } = await run(['init', '--data', data, '--content', content, '--place', place])
  assert.equal(code, 0, told)
}

/** Answers the first-run page; the page ends signed in. */
export async function setUp(page, { place, post, name, login, office, title }) {
  await page.goto('/installation')
  if (place) await page.getByLabel('Code du lieu').fill(place)
  if (post) await page.getByLabel('Nom du poste').fill(post)
  await page.getByLabel('Prénom et nom').fill(name)
  await page.locator('select[name=fonction]').selectOption(office)
  await page.getByLabel('Titre').fill(title)
  await page.getByLabel('Identifiant').fill(login)
  await page.getByLabel('Mot de passe').fill(PASSWORD)
  await press(page, 'Installer le poste')
  await sees(page, '.who', name)
}

/** Adds a person from the machine itself, as an operator does. */
export async function addPerson(data, { name, login, office, title, place }) {
  const words = ['person', '--name', name, '--login', login, '--office', office]
  const it = await run([...words, '--title', title, '--place', place, '--data', data], PASSWORD)
  assert.equal(it.code, 0, JSON.stringify(it))
}

/** Signs in on this page. */
export async function signIn(page, login, password = PASSWORD) {
  await page.goto('/connexion')
  await page.getByLabel('Identifiant').fill(login)
  await page.getByLabel('Mot de passe').fill(password)
  return press(page, 'Se connecter')
}

/** Presses a button of the page itself and waits for what comes; gives the answer's status. */
export async function press(page, label, within = page.locator('main')) {
  const button = within.getByRole('button', { name: label, exact: true })
  const [answer] = await Promise.all([
    page.waitForResponse((it) => it.request().isNavigationRequest() && it.status() !== 303),
    button.click(),
  ])
  await page.waitForLoadState()
  return answer.status()
}

/** Opens the card of the person at the top, and presses one of its buttons. */
export async function pressInCard(page, label) {
  await page.locator('details.who > summary').click()
  return press(page, label, page.locator('details.who'))
}

/** The words are there, within this part of the page; spaces of any width count as one, and both apostrophes. */
export async function sees(page, selector, words) {
  const texts = await page.locator(selector).allInnerTexts()
  const plain = (it) => it.replace(/\s+/g, ' ').replaceAll("'", '’')
  const found = texts.some((it) => plain(it).includes(plain(words)))
  assert.ok(found, `${page.url()} does not say « ${words} » in ${selector}:\n${texts.join('\n---\n')}`)
}

/** A refusal that one can correct: 422, the sentence at the top, and a sound page. */
export async function refused(page, status, words) {
  assert.equal(status, 422, `${page.url()} answers ${status}`)
  await sees(page, '.errors', words)
  await sound(page, { status })
}

/** Presses a button that answers with a file; gives its name and its bytes. */
export async function keep(page, button) {
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()])
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) }
}

/** A file of the program by its address, with the page's cookies. */
export async function file(page, path, { status = 200 } = {}) {
  const answer = await page.request.get(path)
  assert.equal(answer.status(), status, `${path} answers ${answer.status()}`)
  return answer
}

/** The rows of a CSV answer, as objects by the names of its first line. */
export function rows(text) {
  const [head, ...lines] = parseCsv(text.replace(/^\uFEFF/, ''))
  return lines.map((cells) => Object.fromEntries(head.map((name, at) => [name, cells[at]])))
}

function parseCsv(text) {
  const out = []
  let [row, cell, quoted] = [[], '', false]
  for (let at = 0; at < text.length; at++) {
    const it = text[at]
    if (quoted) {
      if (it === '"' && text[at + 1] === '"') cell += text[++at]
      else if (it === '"') quoted = false
      else cell += it
    } else if (it === '"') quoted = true
    else if (it === ',' || it === '\n') {
      row.push(cell)
      cell = ''
      if (it === '\n') out.push(row.splice(0))
    } else if (it !== '\r') cell += it
  }
  if (cell || row.length) out.push([...row, cell])
  return out
}

/** The files inside a ZIP (XLSX, DOCX), by their names. */
export function unzip(bytes) {
  const files = new Map()
  let at = bytes.lastIndexOf('PK\x05\x06')
  assert.ok(at >= 0, 'The file is no ZIP')
  const count = bytes.readUInt16LE(at + 10)
  at = bytes.readUInt32LE(at + 16)
  for (let number = 0; number < count; number++) {
    const [method, packed] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20)]
    const [name, extra, comment] = [28, 30, 32].map((it) => bytes.readUInt16LE(at + it))
    const local = bytes.readUInt32LE(at + 42)
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
    const body = bytes.subarray(from, from + packed)
    const text = (method === 8 ? inflateRawSync(body) : body).toString('utf8')
    files.set(bytes.toString('utf8', at + 46, at + 46 + name), text)
    at += 46 + name + extra + comment
  }
  return files
}

/**
 * A page that counts what the network carries, in bytes as they travel (compressed, headers
 * included). It keeps a browser's cache, which the pages of `bench.page` do not.
 */
export async function weighed(browser, address, { javaScript = true } = {}) {
  const context = await browser.newContext({
    baseURL: address,
    javaScriptEnabled: javaScript,
    viewport: { width: 320, height: 640 },
  })
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  const cdp = await context.newCDPSession(page)
  await cdp.send('Network.enable')
  const kinds = new Map()
  const spent = []
  cdp.on('Network.responseReceived', (it) => kinds.set(it.requestId, [it.type, it.response.url]))
  cdp.on('Network.loadingFinished', (it) => {
    const [kind, url] = kinds.get(it.requestId) ?? ['Other', '']
    spent.push({ kind, url, bytes: it.encodedDataLength })
  })
  return {
    page,
    /** What was carried since the last time, in all and by kind: Document, Stylesheet, Script… */
    take: () => {
      const bytes = { all: 0 }
      for (const it of spent.splice(0)) {
        bytes.all += it.bytes
        bytes[it.kind] = (bytes[it.kind] ?? 0) + it.bytes
      }
      return bytes
    },
    close: () => context.close(),
  }
}
