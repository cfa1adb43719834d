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

const rowNames = (page) =>
  page.locator('tr[data-cell]').evaluateAll((all) => all.map((it) => it.dataset.cell))
const isSettled = (page) =>
  page.waitForFunction(() =>
    [...document.querySelectorAll('tr[data-cell]')].every((row) => {
      const value = row.querySelector('[name^="v."]').value
      const held = row.querySelector('[name^="o."]').value
      const unknown = row.querySelector('.nsp input').checked
      return (value === '' && !unknown) === (held === '')
    }),
  )

test('J1.8 keyboard only: the power goes in the middle, and not one cell is lost', async () => {
  const it = post.page
  await visit(it, `/suivi/saisie/EX-C3/${QUARTER}/J06`)
  const names = await rowNames(it)
  await it.locator('tr[data-cell] :is(input.num, select)').first().focus()
  const half = Math.floor(names.length / 2)
  for (const [at, name] of names.entries()) {
    const focused = await it.evaluate(() => document.activeElement.name)
    assert.equal(focused, `v.${name}`, 'Enter goes from cell to cell in paper order')
    if (at === half) break
    if (await it.evaluate(() => document.activeElement.tagName === 'SELECT')) await it.keyboard.press('ArrowDown')
    // Three states: a zero, « ne sait pas », and what is left empty.
    else if (at === 1) await it.keyboard.type('NSP')
    else if (at !== 2) await it.keyboard.type(at === 0 ? '0' : '3')
    await it.keyboard.press('Enter')
  }
  await isSettled(it)
  await post.server.kill()
  post.server = await serve({ data: post.data })
  // The address of the program changed with its start; the session did not.
  const again = await page(browser, post.server.address)
  assert.equal(await signIn(again, post.login), 200)
  post.page = again
  await visit(again, `/suivi/saisie/EX-C3/${QUARTER}/J06`)
  const value = (name) => again.locator(`[name="v.${name}"]`).inputValue()
  assert.equal(await value(names[0]), '0')
  assert.equal(await value(names[1]), '')
  assert.ok(await again.locator(`[name=nsp][value="${names[1]}"]`).isChecked())
  assert.equal(await value(names[2]), '')
  assert.ok(!(await again.locator(`[name=nsp][value="${names[2]}"]`).isChecked()))
  assert.equal(await value(names[3]), '3')
  // The history of a cell tells who, when and what.
  await again.locator(`tr[data-cell="${names[1]}"] summary`).click()
  await again.locator(`tr[data-cell="${names[1]}"] [name^="s."]`).fill('registre de l’eau, 31/12/2024')
  await again.keyboard.press('Enter')
  await again.waitForFunction(() => document.querySelector('.status')?.innerText.includes('Enregistré à'))
  await again.locator(`tr[data-cell="${names[1]}"]`).getByRole('link', { name: /Histoire de la case/ }).click()
  await sound(again)
  await sees(again, '.timeline', 'registre de l’eau, 31/12/2024')
  await sees(again, '.timeline', post.name)
  await screenshot(again, 'histoire-case')
})

test('a draft is of its person: another sees whose it is and takes it over by an act', async () => {
  await addPerson(post.data, {
    name: 'Awa Traoré', login: 'awa.traore', office: 'cercle-adviser',
    title: 'Conseillère du centre', place: 'EX-CERCLE',
  })
  const other = await page(browser, post.server.address)
  assert.equal(await signIn(other, 'awa.traore'), 200)
  post.other = other
  await visit(other, `/suivi/saisie/EX-C3/${QUARTER}/J06`)
  await sees(other, '.state-box', post.name)
  assert.ok(await other.locator('tr[data-cell] input.num').first().evaluate((it) => it.readOnly))
  await screenshot(other, 'brouillon-autre')
  assert.equal(await press(other, 'Reprendre ce brouillon'), 200)
  await sound(other)
  assert.ok(!(await other.locator('tr[data-cell] input.num').first().evaluate((it) => it.readOnly)))
})

test('a photograph is attached; what is no picture is refused by its content', async () => {
  const it = post.page
  await visit(it, `/suivi/saisie/EX-C3/${QUARTER}/J06/pieces`)
  const join = async (name, buffer) => {
    await it.getByLabel('Fichier à joindre').setInputFiles({ name, mimeType: 'image/jpeg', buffer })
    return press(it, /^Joindre la pièce/)
  }
  await refused(it, await join('page.jpg', Buffer.from('<script>alert(1)</script>')), 'ni une image JPEG')
  const picture = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(40_000, 7)])
  assert.equal(await join('registre.jpg', picture), 200)
  await sound(it)
  await sees(it, '#pieces', 'registre.jpg')
  await sees(it, '#pieces', '40 ko')
  await screenshot(it, 'pieces')
  const kept = await keep(it, it.getByRole('link', { name: 'registre.jpg' }))
  assert.deepEqual(kept.bytes, picture)
  await refused(it, await join('registre.jpg', picture), 'déjà jointe')
})

test('J2.2 double entry: a form drawn by lot is typed twice; the gaps stand side by side', async () => {
  const first = post.page
  // The first person types the form from its paper.
  await visit(first, `/suivi/saisie/EX-C3/${QUARTER}/J09`)
  const names = await rowNames(first)
  const typed = names.map((_, at) => String(10 + at))
  await first.locator('tr[data-cell] :is(input.num, select)').first().focus()
  for (const it of typed) {
    await first.keyboard.type(it)
    await first.keyboard.press('Enter')
  }
  await isSettled(first)
  await visit(first, `/suivi/double-saisie?lieu=EX-C3&trimestre=${QUARTER}`)
  await screenshot(first, 'double-saisie')
  await first.getByLabel('Graine du tirage').fill('')
  await refused(first, await press(first, /^Tirer au sort/), 'graine du tirage')
  await first.getByLabel('Graine du tirage').fill('Ségou')
  await first.getByLabel('Part des fiches').fill('100')
  assert.equal(await press(first, /^Tirer au sort/), 200)
  await sound(first)
  // Who typed it first may not type it again.
  await first.getByRole('link', { name: /^J09/ }).click()
  await first.locator('tr[data-cell] input.num').first().fill('1')
  await refused(first, await press(first, /^Terminer et comparer/), 'la première fois')

  const second = post.other
  await visit(second, `/suivi/double-saisie/EX-C3/${QUARTER}/J09`)
  for (const name of names) assert.equal(await second.locator(`[name="v.${name}"]`).inputValue(), '', 'the first typing is hidden')
  await second.locator('tr[data-cell] :is(input.num, select)').first().focus()
  for (const [at, it] of typed.entries()) {
    await second.keyboard.type(at === 1 ? '99' : it)
    await second.keyboard.press('Enter')
  }
  assert.equal(await press(second, /^Enregistrer/), 200)
  // Begun and not finished: the form itself is closed to the second person.
  await second.goto(`/suivi/saisie/EX-C3/${QUARTER}/J09`)
  assert.match(second.url(), /double-saisie/)
  assert.equal(await press(second, /^Terminer et comparer/), 200)
  await sound(second)
  await sees(second, '.tiles', `1 écart sur ${names.length} cases`)
  await sees(second, '.gap', typed[1])
  await sees(second, '.gap', '99')
  await screenshot(second, 'double-ecarts')
  await refused(second, await press(second, 'Décider'), 'Aucune valeur n’est choisie')
  await second.locator('.gap [value=seconde]').check()
  await second.locator('.gap').getByLabel('Motif').fill('relu sur la page')
  assert.equal(await press(second, 'Décider'), 200)
  await sees(second, '.gap', 'Seconde retenue')
  await visit(second, `/suivi/saisie/EX-C3/${QUARTER}/J09`)
  assert.equal(await second.locator(`[name="v.${names[1]}"]`).inputValue(), '99')
  await visit(second, `/suivi/double-saisie?lieu=EX-C3&trimestre=${QUARTER}`)
  await sees(second, '#rates', 'Moussa Keïta')
  await screenshot(second, 'double-taux')
})
