// Someone opens Benkadi for the first time: the home page reads well, in both languages, on a
// telephone, and without JavaScript.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { open, screenshot, visit } from '../harness.mjs'

let bench
before(async () => {
  bench = await open()
})
after(() => bench?.close())

const language = (page) => page.locator('html').getAttribute('lang')

test('the home page opens in French', async () => {
  const page = await bench.page({ language: 'fr' })
  await visit(page, '/')
  assert.equal(await language(page), 'fr')
  assert.equal(await page.locator('h1').count(), 1, 'one title says what the page is')
  await screenshot(page, 'accueil-fr')
})

test('the home page opens in English, and the choice is one click away', async () => {
  const page = await bench.page({ language: 'fr' })
  await visit(page, '/')
  await page.locator('a[hreflang="en"]').first().click()
  assert.equal(await language(page), 'en')
  await visit(page, page.url())
  await screenshot(page, 'accueil-en')
  await page.locator('a[hreflang="fr"]').first().click()
  assert.equal(await language(page), 'fr')
})

test('the home page fits a telephone of 320 px', async () => {
  const page = await bench.page({ narrow: true })
  await visit(page, '/')
  await screenshot(page, 'accueil-320')
})

test('the home page says the same without JavaScript', async () => {
  const [plain, scripted] = [await bench.page({ javaScript: false }), await bench.page()]
  await visit(plain, '/')
  await visit(scripted, '/')
  assert.equal(await plain.locator('main').innerText(), await scripted.locator('main').innerText())
})
