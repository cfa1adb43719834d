// J4.2: what the nation published goes to a post that exchanges with nobody yet, as a read-only pack;
// field screens say of what day national data are.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launch, page, screenshot, sound, visit } from '../harness.mjs'
import { file, keep, press, refused, sees } from './acts.mjs'
import { CERCLE, NATION, start, stop } from './posts.mjs'

const posts = { nation: { ...NATION }, cercle: { ...CERCLE } }

let browser, pack
before(async () => {
  browser = await launch()
  await Promise.all([
    start(browser, posts.nation, 'example'),
    start(browser, posts.cercle),
  ])
})
after(async () => {
  await browser?.close()
  await stop(Object.values(posts))
})

async function read(it, bytes, name = 'donnees.bkp') {
  await it.goto('/suivi/donnees-nationales')
  await it.getByLabel('Fichier', { exact: true }).setInputFiles({ name, mimeType: 'text/plain', buffer: bytes })
  return press(it, 'Lire le paquet')
}

const entries = async (it) => (await (await file(it.page, '/sante')).json()).entries

test('J4.2 the nation hands out a pack for each region and cercle', async () => {
  const { page } = posts.nation
  await visit(page, '/suivi/circuit/EX-NATION/2024T4')
  await page.getByRole('link', { name: 'Paquets à remettre' }).click()
  await sound(page)
  await sees(page, 'main', '4e trimestre 2024, publié le')
  pack = await keep(page, page.getByRole('link', { name: 'Région d’exemple', exact: true }).first())
  assert.equal(pack.name, 'donnees-nationales-EX-REGION-2024T4.bkp')
  assert.ok(pack.bytes.length < 100_000, `${pack.bytes.length} bytes`)
  const again = await keep(page, page.getByRole('link', { name: 'Région d’exemple', exact: true }).first())
  assert.deepEqual(again.bytes, pack.bytes, 'the same quarter gives the same file')
  await screenshot(page, 'paquets-nationaux')
})

test('J4.2 a post without exchange reads it with its date, and nothing is written', async () => {
  const { cercle } = posts
  const { page } = cercle
  const before = await entries(cercle)
  assert.equal(await read(page, pack.bytes), 200)
  await sound(page)
  await sees(page, '.banner', 'Données nationales du')
  await sees(page, '.banner', 'se lit seulement')
  await sees(page, '.banner', 'ne connaît pas encore l’auteur')
  const births = page.locator('details[open] tr', { hasText: 'I019' })
  assert.match((await births.innerText()).replace(/\s+/g, ' '), /33,4 %/)
  await screenshot(page, 'paquet-lu')
  assert.equal(await entries(cercle), before, 'a pack changes nothing')
  await refused(page, await read(page, Buffer.from('element,valeur\n')), 'n’est pas un paquet')
  const forged = Buffer.from(pack.bytes.toString().replace('33.4', '93.4'))
  await refused(page, await read(page, forged), 'La signature de ce paquet ne convient pas')
})
