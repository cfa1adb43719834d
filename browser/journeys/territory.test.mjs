// The tree of Mali on two days: before the reform of 2023 and after it. Nobody and no commune is
// lost on the way.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { open, screenshot, sound, visit } from '../harness.mjs'
import { file, press, refused, sees } from './acts.mjs'

const BEFORE = '2006-01-01'
const AFTER = '2024-01-01'

let bench
before(async () => {
  bench = await open()
})
after(() => bench?.close())

/** The national line of 2009: published, summed, and how many communes were counted. */
async function national(page) {
  const row = page.locator('#populations tbody tr', { hasText: '2009' })
  const cells = await row.locator('td').allInnerTexts()
  const number = (text) => Number(text.replace(/\D/g, ''))
  const [published, summed] = cells.slice(1, 3).map(number)
  return { published, summed, counted: Number(cells[3].split('/')[0]) }
}

test('the same census gives the same national total on both days', async () => {
  const page = await bench.page()
  await visit(page, '/territoire')
  await page.getByLabel('Carte du').fill(BEFORE)
  assert.equal(await press(page, 'Rechercher'), 200)
  await sound(page)
  await screenshot(page, 'territoire-2006')
  const old = await national(page)
  assert.deepEqual(old, { published: 14_528_662, summed: 14_528_662, counted: 703 })
  await sees(page, '.tiles', '703')

  await page.getByLabel('Carte du').fill(AFTER)
  assert.equal(await press(page, 'Rechercher'), 200)
  await sound(page)
  await screenshot(page, 'territoire-2024')
  assert.deepEqual(await national(page), old)
  // What the file of the reform does not say is said to be unknown, not guessed.
  await sees(page, '.banner', 'carte incomplète')
  await sees(page, '#regions', 'rattachement inconnu')
})

test('a cercle is followed from its region of 2006 to the reform', async () => {
  const page = await bench.page({ narrow: true })
  await visit(page, `/territoire?le=${BEFORE}`)
  await page.locator('#regions').getByRole('link', { name: 'Kayes' }).click()
  await page.locator('#children').getByRole('link', { name: 'Kayes' }).first().click()
  await sound(page)
  await sees(page, 'main', '1er janvier 2006')
  await screenshot(page, 'territoire-cercle-320')
  const path = new URL(page.url()).pathname
  await visit(page, `${path}?le=${AFTER}`)
  // The file of the reform does not say where its communes went: that is told, not guessed.
  await sees(page, 'main', 'Rattachement inconnu')
})

test('a day that is none is refused, and stays in its field', async () => {
  const page = await bench.page()
  await visit(page, '/territoire')
  await page.getByLabel('Carte du').fill('2006-02-30')
  await refused(page, await press(page, 'Rechercher'), '2006-02-30')
  assert.equal(await page.getByLabel('Carte du').inputValue(), '2006-02-30')
  await visit(page, '/territoire/ML99', { status: 404 })
})

test('a village, an old spelling and a partner abroad are found without accents', async () => {
  const page = await bench.page({ javaScript: false })
  for (const [words, expected] of [
    ['ouelessebougou', 'Ouélessébougou'],
    ['segou', 'Ségou'],
    ['kayes n’di', 'commune de Kayes'],
    ['achkhabad', 'Achgabat'],
  ]) {
    await visit(page, '/territoire')
    await page.getByLabel('Nom d’un lieu').fill(words)
    assert.equal(await press(page, 'Rechercher'), 200)
    await sees(page, 'main', expected)
  }
  await sound(page)
})

test('the villages of a commune are on its page', async () => {
  const page = await bench.page()
  await visit(page, `/territoire/ML010312?le=${BEFORE}`)
  await sees(page, '#localities', 'KAYES N’DI')
  await screenshot(page, 'territoire-commune')
})

test('programs read the same as people', async () => {
  const page = await bench.page()
  const mali = await (await file(page, `/territoire/ML.json?le=${BEFORE}`)).json()
  assert.equal(mali.enfants.length, 9)
  const bad = await (await file(page, '/territoire/ML.json?le=x', { status: 422 })).json()
  assert.equal(bad.champ, 'le')
})
