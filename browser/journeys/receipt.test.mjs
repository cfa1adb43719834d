// J1.8, its end: the secretary of a commune presses « Soumettre » and holds a receipt with its code.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launch, page, screenshot, sound, visit } from '../harness.mjs'
import { addPerson, press, sees, signIn } from './acts.mjs'
import { CERCLE, start, stop } from './posts.mjs'

const QUARTER = '2024T4'
const post = { ...CERCLE }

let browser
before(async () => {
  browser = await launch()
  await start(browser, post)
  await addPerson(post.data, {
    name: 'Oumou Coulibaly', login: 'oumou', office: 'municipal-secretary',
    title: 'Secrétaire générale', place: 'EX-C2',
  })
})
after(async () => {
  await browser?.close()
  await stop([post])
})

test('J1.8 « Soumettre » gives a receipt with its code; the draft is no draft any more', async () => {
  const it = await page(browser, post.server.address)
  assert.equal(await signIn(it, 'oumou'), 200)
  await visit(it, `/suivi/saisie/EX-C2/${QUARTER}/J02`)
  const cell = it.locator('[name="v.EDI_SESS_ORD"]')
  await cell.fill('1')
  await cell.press('Enter')
  await it.waitForFunction(() => document.querySelector('[name="o.EDI_SESS_ORD"]').value === '1')
  await visit(it, `/suivi/saisie/EX-C2/${QUARTER}`)
  await sees(it, 'main', '1/120')
  assert.equal(await press(it, 'Soumettre les fiches'), 200)
  await sound(it)
  await sees(it, '.banner', 'Fiches déposées le')
  const told = await it.locator('.banner').first().innerText()
  assert.match(told, /Code du reçu\s*: [0-9a-f]{16}/)
  await screenshot(it, 'recu')
})
