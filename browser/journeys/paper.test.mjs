// The paper twin: forms printed for a round (J2.1), typed again from their code (J2.2), and the
// quarterly form typed by keyboard only, through a power cut (J1.8).

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { folder, launch, page, screenshot, serve, sound, visit } from '../harness.mjs'
import { addPerson, file, keep, prepare, press, refused, sees, setUp, signIn } from './acts.mjs'

const QUARTER = '2024T4'
const post = {
  place: 'EX-CERCLE', name: 'Moussa Keïta', login: 'moussa.keita', office: 'cercle-adviser',
  title: 'Conseiller du centre', post: 'CCC d’exemple', level: 'cercle',
}

let browser
before(async () => {
  browser = await launch()
  post.data = await folder()
  await prepare(post.data, post.place)
  post.server = await serve({ data: post.data })
  post.page = await page(browser, post.server.address)
  await setUp(post.page, post)
})
after(async () => {
  await browser?.close()
  await post.server?.stop()
  if (post.data) await rm(post.data, { recursive: true, force: true })
})

/** The names in a ZIP whose entries are binary. */
function zipNames(bytes) {
  const names = []
  let at = bytes.readUInt32LE(bytes.lastIndexOf('PK\x05\x06') + 16)
  while (bytes.readUInt32LE(at) === 0x02014b50) {
    const [name, extra, comment] = [28, 30, 32].map((it) => bytes.readUInt16LE(at + it))
    names.push(bytes.toString('utf8', at + 46, at + 46 + name))
    at += 46 + name + extra + comment
  }
  return names
}

const isWord = (it) => /^[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}$/.test(it)

test('J2.1 the forms of a round are printed: one PDF a commune, a code on each page', async () => {
  const { page } = post
  await visit(page, `/suivi?lieu=EX-CERCLE&trimestre=${QUARTER}`)
  await page.getByRole('link', { name: 'Préparer la tournée' }).click()
  await sound(page)
  await screenshot(page, 'tournee')
  const { name, bytes } = await keep(page, page.getByRole('button', { name: 'Imprimer les fiches' }))
  assert.equal(name, `fiches-${QUARTER}-EX-CERCLE.zip`)
  assert.deepEqual(zipNames(bytes).sort(), ['EX-C1', 'EX-C2', 'EX-C3', 'EX-CERCLE'].map((it) => `fiches-${QUARTER}-${it}.pdf`))
  // One commune alone is its PDF.
  for (const it of ['EX-CERCLE', 'EX-C1', 'EX-C2']) await page.locator(`input[name=commune][value=${it}]`).uncheck()
  const one = await keep(page, page.getByRole('button', { name: 'Imprimer les fiches' }))
  assert.equal(one.name, `fiches-${QUARTER}-EX-C3.pdf`)
  post.pdf = one.bytes
  const text = words(one.bytes)
  const pages = text.split('\f').slice(0, -1)
  assert.ok(pages.length <= 9, `${pages.length} pages`)
  pages.forEach((it, at) => {
    assert.ok(it.split(/\s+/).some(isWord), `page ${at + 1} has a code`)
    assert.match(it, new RegExp(`Page\\s${at + 1}\\s/\\s${pages.length}`))
    assert.match(it, /Commune d’exemple 3 \(EX-C3\)/)
  })
  // The last value is there, as the screen shows it.
  assert.match(text, /T3 2024/)
  // None chosen: said, and nothing lost.
  for (const box of await page.locator('input[name=commune]').all()) await box.uncheck()
  await refused(page, await press(page, 'Imprimer les fiches'), 'Aucune commune n’est choisie')
})

/** The text of a PDF, a form feed after each page. */
function words(bytes) {
  const at = mkdtempSync(join(tmpdir(), 'benkadi-paper-'))
  try {
    writeFileSync(join(at, 'it.pdf'), bytes)
    return execFileSync('pdftotext', ['-layout', join(at, 'it.pdf'), '-'], { stdio: ['ignore', 'pipe', 'ignore'] }).toString()
  } finally {
    rmSync(at, { recursive: true, force: true })
  }
}

test('J2.2 the code of a page opens the form; a wrong letter or a swap is refused', async () => {
  const { page } = post
  const codes = words(post.pdf).split(/\s+/).filter(isWord)
  const code = codes[0]
  await visit(page, '/suivi/ressaisir')
  await screenshot(page, 'ressaisir')
  const type = async (it) => {
    await page.goto('/suivi/ressaisir')
    await page.getByLabel('Code de la page').fill(it)
    return press(page, /^Ouvrir la fiche/)
  }
  const wrong = code.slice(0, 8) + (code[8] === 'A' ? 'B' : 'A')
  await refused(page, await type(wrong), 'une lettre est fausse, ou deux sont inversées')
  await screenshot(page, 'ressaisir-refus')
  const at = [0, 1, 2].find((it) => code[it] !== code[it + 1])
  const swapped = code.slice(0, at) + code[at + 1] + code[at] + code.slice(at + 2)
  await refused(page, await type(swapped), 'une lettre est fausse, ou deux sont inversées')
  await refused(page, await type(code.replace(/.$/, '0')), 'jamais la lettre ou le chiffre')
  await refused(page, await type('K7QF'), 'en a 4')
  assert.equal(await type(code.toLowerCase().replace('-', ' ')), 200)
  assert.match(page.url(), /\/suivi\/saisie\/EX-C3\/2024T4\/J01\?palier=noyau/)
  await sees(page, '.banner', `Fiche papier ${code}`)
  await sound(page)
  await screenshot(page, 'ressaisie-J01')
  // The form asks in the order of the paper.
  const asked = await page.locator('tr[data-cell] th label').allInnerTexts()
  const paper = words(post.pdf).replace(/\s+/g, ' ')
  let from = paper.indexOf('J01')
  for (const it of asked.slice(0, 12)) {
    const found = paper.indexOf(it.replace(/\s+/g, ' ').trim(), from)
    assert.ok(found >= from, `« ${it} » comes later on paper`)
    from = found
  }
})
